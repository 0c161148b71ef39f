package io.foretide.evaluation;

import io.foretide.series.Forecast;
import io.foretide.series.QuantileLevel;
import io.foretide.series.TimeSeries;
import java.util.Arrays;
import java.util.List;

/**
 * Repeats the last season; with a season length of 1, the last value: the naive forecast.
 *
 * <pre>
 *   ŷ_{n+h} = y_{n−m+(h mod m)}      q_p = ŷ_{n+h} + z_p σ √(⌊h/m⌋ + 1)      h = 0, 1, …
 * </pre>
 *
 * m is the season length, σ the standard deviation of the differences at lag m, z_p the normal quantile. A series shorter
 * than a season gives its last value; a missing value is replaced by the last observed one of the same season position.
 */
public record SeasonalNaiveForecaster(int seasonLength) implements Forecaster {
    /** Repeats the last value. */
    public static final SeasonalNaiveForecaster NAIVE = new SeasonalNaiveForecaster(1);

    public SeasonalNaiveForecaster {
        if (seasonLength < 1) {
            throw new IllegalArgumentException("season length must be at least 1, was " + seasonLength);
        }
    }

    @Override
    public Forecast forecast(TimeSeries context, int horizon, List<QuantileLevel> levels) {
        double[] past = context.target();
        int lag = past.length > seasonLength ? seasonLength : 1;
        double deviation = LagDifferences.of(past, lag).standardDeviation();
        double[] season = lastSeason(past);
        double[] mean = new double[horizon];
        double[] growth = new double[horizon];
        for (int h = 0; h < horizon; h++) {
            mean[h] = season[h % seasonLength];
            growth[h] = Math.sqrt(h / lag + 1);
        }
        return NormalForecast.of(mean, deviation, growth, levels);
    }

    private double[] lastSeason(double[] past) {
        double[] season = new double[seasonLength];
        Arrays.fill(season, lastObserved(past, past.length - 1, 1));
        if (past.length < seasonLength) {
            return season;
        }
        for (int position = 0; position < seasonLength; position++) {
            double value = lastObserved(past, past.length - seasonLength + position, seasonLength);
            if (!Double.isNaN(value)) {
                season[position] = value;
            }
        }
        return season;
    }

    private static double lastObserved(double[] past, int from, int lag) {
        for (int t = from; t >= 0; t -= lag) {
            if (!Double.isNaN(past[t])) {
                return past[t];
            }
        }
        return Double.NaN;
    }
}
