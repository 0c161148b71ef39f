package io.foretide.evaluation;

import io.foretide.series.Forecast;
import io.foretide.series.QuantileLevel;
import io.foretide.series.TimeSeries;
import java.util.List;

/**
 * The Theta method of Assimakopoulos and Nikolopoulos (2000), as Hyndman and Billah (2003) write it: the mean of a straight
 * line and of a smoothed line of twice the curvature is simple exponential smoothing with a drift of half the slope.
 *
 * <pre>
 *   ŷ_{n+h} = ℓ_n + b/2 (h − 1 + (1 − (1 − α)ⁿ) / α)      q_p = ŷ_{n+h} + z_p σ √(1 + (h − 1) α²)      h = 1, 2, …
 * </pre>
 *
 * of the series without its {@link Season}, which is put back. ℓ and α are those of {@link ExponentialSmoothing}, b is the
 * slope of the regression on time, σ the root of the mean of the squared errors of ŷ one step ahead, z_p the normal quantile,
 * n the observed values. A missing value leaves the level as it is.
 */
record ThetaForecaster(int seasonLength) implements Forecaster {
    ThetaForecaster {
        if (seasonLength < 1) {
            throw new IllegalArgumentException("season length must be at least 1, was " + seasonLength);
        }
    }

    @Override
    public Forecast forecast(TimeSeries context, int horizon, List<QuantileLevel> levels) {
        Observations past = Observations.of(context.target());
        Season season = Season.of(past, seasonLength);
        Observations adjusted = season.removedFrom(past);
        var smoothing = ExponentialSmoothing.of(adjusted.values());
        double drift = adjusted.slopeOfRegression() / 2;
        double reached = smoothing.last() + drift * lag(smoothing, adjusted.count());
        double[] mean = new double[horizon];
        double[] growth = new double[horizon];
        for (int future = 0; future < horizon; future++) {
            int step = context.length() + future;
            int ahead = past.ahead(future);
            mean[future] = season.value(reached + drift * (ahead - 1), step);
            growth[future] = season.width(smoothing.growth(ahead), step);
        }
        return NormalForecast.of(mean, deviation(adjusted.values(), smoothing, drift), growth, levels);
    }

    /** How many steps of its drift a smoothed line stays behind, after so many. */
    private static double lag(ExponentialSmoothing smoothing, int steps) {
        return (1 - smoothing.leftAfter(steps)) / smoothing.alpha();
    }

    private static double deviation(double[] values, ExponentialSmoothing smoothing, double drift) {
        double level = smoothing.first();
        double left = 1;
        double squares = 0;
        for (double value : values) {
            double error = value - level;
            double surprise = error - drift * (1 - left) / smoothing.alpha();
            squares += surprise * surprise;
            level += smoothing.alpha() * error;
            left *= 1 - smoothing.alpha();
        }
        return Math.sqrt(squares / values.length);
    }
}
