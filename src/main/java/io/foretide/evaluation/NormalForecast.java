package io.foretide.evaluation;

import io.foretide.series.Forecast;
import io.foretide.series.QuantileLevel;
import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Normal distributions around a point forecast.
 *
 * <pre>
 *   q_p(h) = ŷ_h + z_p σ g_h
 * </pre>
 *
 * ŷ is the point forecast, z_p the normal quantile, σ the standard deviation of the errors one step ahead, and g the factor
 * by which that grows.
 */
final class NormalForecast {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private NormalForecast() {}

    /**
     * The forecast with its quantiles.
     *
     * @param mean ŷ, a number a step
     * @param deviation σ
     * @param growth g, a number a step, none negative
     */
    static Forecast of(double[] mean, double deviation, double[] growth, List<QuantileLevel> levels) {
        double[][] quantiles = new double[levels.size()][mean.length];
        for (int level = 0; level < quantiles.length; level++) {
            double distance = deviation
                    * NORMAL.inverseCumulativeProbability(levels.get(level).value());
            for (int h = 0; h < mean.length; h++) {
                quantiles[level][h] = mean[h] + distance * growth[h];
            }
        }
        return new Forecast(mean, levels, quantiles);
    }
}
