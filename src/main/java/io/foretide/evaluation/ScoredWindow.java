package io.foretide.evaluation;

import io.foretide.series.Forecast;
import io.foretide.series.QuantileLevel;
import java.util.List;

/**
 * A forecast beside what came to pass.
 *
 * @param actual the values that were to be forecast; NaN marks a missing one
 * @param forecast their forecast, at {@link #LEVELS}
 * @param scale the in-sample error in units of which errors count; NaN, zero or infinite where there is none
 */
record ScoredWindow(double[] actual, Forecast forecast, double scale) {
    private static final int DECILES = 9;
    private static final int FIRST_DECILE = 1;
    private static final int LOWEST = 0;
    private static final int HIGHEST = DECILES + 1;

    /** 0.025, 0.1, 0.2 … 0.9, 0.975: all that the measures ask for. */
    static final List<QuantileLevel> LEVELS = List.of(
            new QuantileLevel(0.025),
            new QuantileLevel(0.1),
            new QuantileLevel(0.2),
            new QuantileLevel(0.3),
            new QuantileLevel(0.4),
            QuantileLevel.MEDIAN,
            new QuantileLevel(0.6),
            new QuantileLevel(0.7),
            new QuantileLevel(0.8),
            new QuantileLevel(0.9),
            new QuantileLevel(0.975));

    ScoredWindow {
        if (!forecast.levels().equals(LEVELS) || forecast.horizon() != actual.length) {
            throw new IllegalArgumentException("asked for levels " + LEVELS + " over " + actual.length
                    + " steps, was given " + forecast.levels() + " over " + forecast.horizon());
        }
    }

    boolean isScaled() {
        return scale > 0 && scale < Double.POSITIVE_INFINITY;
    }

    double mean(int step) {
        return forecast.mean()[step];
    }

    double median(int step) {
        return forecast.quantiles()[HIGHEST / 2][step];
    }

    /** The pinball loss of a step, as the mean over the deciles. */
    double pinballLoss(int step) {
        double sum = 0;
        for (int row = FIRST_DECILE; row <= DECILES; row++) {
            double level = LEVELS.get(row).value();
            double error = actual[step] - forecast.quantiles()[row][step];
            sum += error >= 0 ? level * error : (level - 1) * error;
        }
        return sum / DECILES;
    }

    Interval interval80(int step) {
        return new Interval(forecast.quantiles()[FIRST_DECILE][step], forecast.quantiles()[DECILES][step]);
    }

    Interval interval95(int step) {
        return new Interval(forecast.quantiles()[LOWEST][step], forecast.quantiles()[HIGHEST][step]);
    }

    record Interval(double low, double high) {
        boolean holds(double value) {
            return low <= value && value <= high;
        }

        double width() {
            return high - low;
        }
    }
}
