package io.foretide.evaluation;

import io.foretide.series.TimeSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Scores forecasters on the same windows, a few of them at a time. */
final class Contest {
    /** A network forecasts as many together faster than one after the other; more would only take more memory. */
    private static final int TOGETHER = 16;

    private final List<Forecaster> forecasters;
    private final int horizon;
    private final int seasonLength;
    private final Score[] overall;
    private final Score[][] perStep;
    private final List<Window> waiting = new ArrayList<>(TOGETHER);
    private int windows;
    private int unscaled;

    /** What is known, what came after it, and the unit of errors. */
    private record Window(TimeSeries context, double[] actual, double scale) {}

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

    /**
     * Enters a window, which is scored by the time that {@link #finish} returns.
     *
     * @return whether it can be: something is observed on both sides of its origin
     */
    boolean enter(TimeSeries series, int origin) {
        TimeSeries context = series.knownAt(origin, horizon);
        double[] actual = Arrays.copyOfRange(series.target(), origin, origin + horizon);
        if (isUnobserved(context.target()) || isUnobserved(actual)) {
            return false;
        }
        waiting.add(new Window(context, actual, LagDifferences.scale(context.target(), seasonLength)));
        if (waiting.size() == TOGETHER) {
            finish();
        }
        return true;
    }

    /** Scores what has been entered. */
    void finish() {
        List<TimeSeries> contexts = waiting.stream().map(Window::context).toList();
        for (int who = 0; who < overall.length; who++) {
            var forecasts = forecasters.get(who).forecastAll(contexts, horizon, ScoredWindow.LEVELS);
            for (int i = 0; i < contexts.size(); i++) {
                Window window = waiting.get(i);
                score(who, new ScoredWindow(window.actual(), forecasts.get(i), window.scale()));
            }
        }
        windows += waiting.size();
        waiting.clear();
    }

    private void score(int who, ScoredWindow window) {
        overall[who].add(window, 0, horizon);
        for (int step = 0; step < horizon; step++) {
            perStep[step][who].add(window, step, step + 1);
        }
        unscaled += who == 0 && !window.isScaled() ? 1 : 0;
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
