package io.foretide.network;

import io.foretide.kernel.Dense;
import io.foretide.kernel.Matrix;
import io.foretide.series.QuantileLevel;
import io.foretide.series.TimeSeries;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How wrong the bare anchor was within series of which nothing could be held out. It forecasts each value before it is seen, so
 * that its errors are honest where those of a network that learned these values are not.
 *
 * <pre>
 *   d[h][q] = σ·√h·t_ν(q)      σ² = mean of (e[h]/s)²/h over all origins and h
 * </pre>
 *
 * e is an error so many steps ahead, s the scale at the end of its series, t_ν(q) the quantile of Student's t with as many
 * degrees of freedom as there are observations, less two a series.
 *
 * @param deviation σ
 * @param freedom ν
 */
record AnchorErrors(double deviation, long freedom) {
    /** Within what a training may see of the series. */
    static AnchorErrors of(Smoother smoother, List<TimeSeries> series, List<Split> splits, int horizon) {
        double squares = 0;
        long errors = 0, freedom = 0;
        for (int i = 0; i < series.size(); i++) {
            double[] target =
                    Arrays.copyOf(series.get(i).target(), splits.get(i).validationEnd());
            SmoothedState state = smoother.initialState();
            double[] walked = walk(smoother, state, target, horizon);
            double scale = smoother.scale(state);
            squares += walked[0] / (scale * scale);
            errors += (long) walked[1];
            freedom += Math.max(0, state.observed - 2);
        }
        return new AnchorErrors(errors == 0 ? 0 : Math.sqrt(squares / errors), Math.max(1, freedom));
    }

    /** The sum of e²/h, and how many there are. */
    private static double[] walk(Smoother smoother, SmoothedState state, double[] target, int horizon) {
        double[] anchors = new double[horizon];
        double sum = 0;
        int count = 0;
        for (int step = 0; step < target.length; step++) {
            smoother.observe(state, target[step]);
            if (state.observed == 0) {
                continue;
            }
            smoother.anchors(state, anchors);
            for (int ahead = 1; ahead <= Math.min(horizon, target.length - 1 - step); ahead++) {
                double error = target[step + ahead] - anchors[ahead - 1];
                sum += Double.isNaN(error) ? 0 : error * error / ahead;
                count += Double.isNaN(error) ? 0 : 1;
            }
        }
        return new double[] {sum, count};
    }

    /** How far each level lies from the median, so many steps ahead; in units of the scale. */
    double distance(int ahead, QuantileLevel level) {
        return deviation * Math.sqrt(ahead) * TDistribution.of(freedom).inverseCumulativeProbability(level.value());
    }

    /** The same network, but that it says nothing else than these distances. */
    Weights instead(Weights weights, ForecastSettings forecast) {
        Dense head = weights.head();
        int inputs = head.inputs(),
                outputs = head.outputs(),
                width = forecast.quantiles().size();
        float[] biases = new float[outputs];
        for (int i = 0; i < forecast.horizon() * width; i++) {
            biases[i] = (float) distance(i / width + 1, forecast.quantiles().get(i % width));
        }
        return new Weights(
                weights.layers(), new Dense(new Matrix(inputs, outputs, new float[inputs * outputs]), biases));
    }
}
