package io.foretide.evaluation;

import org.jspecify.annotations.Nullable;

/** The measures of forecasts, in the making: sums over the windows scored so far. */
final class Score {
    // Pooled over all values.
    private int observations;
    private double absoluteActual;
    private double squaredError;
    private double pinballLoss;
    private final Coverage interval80 = new Coverage();
    private final Coverage interval95 = new Coverage();

    // One number a window.
    private final Mean mase = new Mean();
    private final Mean maseOfMedian = new Mean();
    private final Mean smape = new Mean();
    private final Mean rmse = new Mean();

    /** Scores the steps of a window from {@code from} to before {@code to}. */
    void add(ScoredWindow window, int from, int to) {
        Mean absolute = new Mean();
        Mean absoluteOfMedian = new Mean();
        Mean squared = new Mean();
        Mean percentage = new Mean();
        for (int step = from; step < to; step++) {
            double actual = window.actual()[step];
            if (Double.isNaN(actual)) {
                continue;
            }
            double error = Math.abs(actual - window.mean(step));
            absolute.add(error);
            absoluteOfMedian.add(Math.abs(actual - window.median(step)));
            squared.add(error * error);
            percentage.add(200 * error / (Math.abs(actual) + Math.abs(window.mean(step))));
            pool(window, step);
        }
        if (window.isScaled()) {
            mase.add(absolute.orNaN() / window.scale());
            maseOfMedian.add(absoluteOfMedian.orNaN() / window.scale());
        }
        rmse.add(Math.sqrt(squared.orNaN()));
        smape.add(percentage.orNaN());
    }

    private void pool(ScoredWindow window, int step) {
        double actual = window.actual()[step];
        double error = actual - window.mean(step);
        observations++;
        absoluteActual += Math.abs(actual);
        squaredError += error * error;
        pinballLoss += window.pinballLoss(step);
        interval80.add(window.interval80(step), actual);
        interval95.add(window.interval95(step), actual);
    }

    /** 2 · Σ pinball loss / Σ |y|; NaN or infinite over zeros. */
    double weightedQuantileLoss() {
        return 2 * pinballLoss / absoluteActual;
    }

    Measures measures() {
        return new Measures(
                observations,
                mase.orNull(),
                maseOfMedian.orNull(),
                smape.orNull(),
                rmse.orNull(),
                finite(Math.sqrt(squaredError / observations)),
                finite(weightedQuantileLoss()),
                finite((double) interval80.inside / observations),
                finite(interval80.width / absoluteActual),
                finite((double) interval95.inside / observations),
                finite(interval95.width / absoluteActual));
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static final class Coverage {
        private int inside;
        private double width;

        void add(ScoredWindow.Interval interval, double actual) {
            inside += interval.holds(actual) ? 1 : 0;
            width += interval.width();
        }
    }

    /** A mean that leaves out what is undefined: 0/0 of a percentage, a window without values. */
    private static final class Mean {
        private double sum;
        private int count;

        void add(double value) {
            if (!Double.isNaN(value)) {
                sum += value;
                count++;
            }
        }

        double orNaN() {
            return sum / count;
        }

        @Nullable
        Double orNull() {
            return finite(orNaN());
        }
    }
}
