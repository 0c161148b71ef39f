package io.foretide.evaluation;

import io.foretide.series.Forecast;
import io.foretide.series.QuantileLevel;
import io.foretide.series.TimeSeries;
import java.util.Arrays;
import java.util.List;

/**
 * Simple exponential smoothing: repeats the level that the series has reached.
 *
 * <pre>
 *   ŷ_{T+h} = ℓ_T      q_p = ŷ_{T+h} + z_p σ √(1 + (h − 1) α²)      h = 1, 2, …
 * </pre>
 *
 * ℓ and α are those of {@link ExponentialSmoothing}, σ is the root of the mean of its squared errors one step ahead, z_p the
 * normal quantile. A missing value leaves the level as it is.
 */
record SesForecaster() implements Forecaster {
    @Override
    public Forecast forecast(TimeSeries context, int horizon, List<QuantileLevel> levels) {
        Observations past = Observations.of(context.target());
        var smoothing = ExponentialSmoothing.of(past.values());
        double[] mean = new double[horizon];
        double[] growth = new double[horizon];
        Arrays.fill(mean, smoothing.last());
        Arrays.setAll(growth, future -> smoothing.growth(past.ahead(future)));
        double deviation = Math.sqrt(smoothing.squaredError() / past.count());
        return NormalForecast.of(mean, deviation, growth, levels);
    }
}
