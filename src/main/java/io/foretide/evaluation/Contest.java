package io.foretide.evaluation;

import io.foretide.series.TimeSeries;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Scores forecasters on the same windows, holding one forecast of each at a time. */
final class Contest {
    private final List<Forecaster> forecasters;
    private final int horizon;
    private final int seasonLength;
    private final Score[] overall;
    private final Score[][] perStep;
    private int windows;
    private int unscaled;

    Contest(List<Forecaster> forecasters, int horizon, int seasonLength) {
        this.forecasters = forecasters;
        this.horizon = horizon;
        this.seasonLength = seasonLength;
        this.overall = scores(forecasters.size());
        this.perStep = IntStream.range(0, horizon)
                .mapToObj(_ -> scores(forecasters.size()))
                .toArray(Score[][]::new);
    }

    private static Score[] scores(int count) {
        return IntStream.range(0, count).mapToObj(_ -> new Score()).toArray(Score[]::new);
    }

    /** Whether the window could be scored: something is observed on both sides of its origin. */
    boolean score(TimeSeries series, int origin) {
        TimeSeries context = series.first(origin);
        double[] actual = Arrays.copyOfRange(series.target(), origin, origin + horizon);
        if (isUnobserved(context.target()) || isUnobserved(actual)) {
            return false;
        }
        double scale = LagDifferences.scale(context.target(), seasonLength);
        for (int who = 0; who < overall.length; who++) {
            var forecast = forecasters.get(who).forecast(context, horizon, ScoredWindow.LEVELS);
            var window = new ScoredWindow(actual, forecast, scale);
            overall[who].add(window, 0, horizon);
            for (int step = 0; step < horizon; step++) {
                perStep[step][who].add(window, step, step + 1);
            }
            unscaled += who == 0 && !window.isScaled() ? 1 : 0;
        }
        windows++;
        return true;
    }

    private static boolean isUnobserved(double[] values) {
        return Arrays.stream(values).allMatch(Double::isNaN);
    }

    int windows() {
        return windows;
    }

    int unscaled() {
        return unscaled;
    }

    /** The score of a forecaster over all steps. */
    Score overall(int who) {
        return overall[who];
    }

    /** The measures of a forecaster at one step, counted from 0. */
    Measures at(int step, int who) {
        return perStep[step][who].measures();
    }
}
