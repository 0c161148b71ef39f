package io.foretide.network;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.series.Forecast;
import io.foretide.series.QuantileLevel;
import io.foretide.series.ShortDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Reads forecasts from states: one block of the trained horizon at a time. Beyond the first block, the middle of each
 * block is fed back and walked; its spread adds to the spread at the end of the block before as independent errors do, and
 * intervals never get narrower from there on. Always for so many steps and at the same levels; belongs to one thread.
 */
final class ForecastReader {
    private final Predictor predictor;
    private final Head head;
    private final List<QuantileLevel> asked;

    /** Which of the levels below each one asked for is. */
    private final int[] places;

    /** Those asked for, and the median. */
    private final Head.Levels levels;

    private final int median;
    private final int block;
    private final Outputs outputs;
    private final double[] anchors;
    private final double[] distribution;

    /** The forecast so far. */
    private final double[] mean;

    private final double[][] quantiles;

    ForecastReader(Predictor predictor, int horizon, List<QuantileLevel> asked) {
        this.predictor = predictor;
        this.head = predictor.head();
        this.asked = List.copyOf(asked);
        var all = new TreeSet<>(asked);
        all.add(QuantileLevel.MEDIAN);
        this.levels = Head.Levels.of(List.copyOf(all));
        this.median = levels.levels().indexOf(QuantileLevel.MEDIAN);
        this.places = asked.stream().mapToInt(levels.levels()::indexOf).toArray();
        this.block = predictor.settings().forecast().horizon();
        this.anchors = new double[Math.min(block, horizon)];
        this.outputs = Outputs.ofFirst(predictor, anchors.length);
        this.distribution = new double[head.numbers()];
        this.mean = new double[horizon];
        this.quantiles = new double[horizon][levels.levels().size()];
    }

    /** Changes nothing of the state. */
    Forecast read(State state, Surroundings surroundings) {
        readBlock(state, 0, surroundings);
        State fedBack = mean.length > block ? state.copy() : state;
        for (int start = block; start < mean.length; start += block) {
            for (int step = start - block; step < start; step++) {
                predictor.assume(fedBack, middle(step), surroundings);
            }
            readBlock(fedBack, start, surroundings);
            widen(start);
        }
        return new Forecast(Arrays.stream(mean).map(ShortDecimal::rounded).toArray(), asked, byLevel());
    }

    /** Writes the block that begins at a future step, cut at the horizon. */
    private void readBlock(State state, int start, Surroundings surroundings) {
        Smoother smoother = predictor.smoother();
        float[] read = outputs.of(state, surroundings);
        double scale = smoother.scale(state.series);
        int end = Math.min(mean.length, start + block);
        smoother.anchors(state.series, anchors);
        for (int step = start; step < end; step++) {
            head.describe(step - start, anchors[step - start], scale, read, state.adaptation, distribution);
            mean[step] = bounded(head.mean(distribution));
            double[] row = quantiles[step];
            head.quantiles(distribution, levels, row);
            for (int i = 0; i < row.length; i++) {
                // Heads read ascending values, but rounding may put two that are equal the wrong way round.
                row[i] = i == 0 ? bounded(row[i]) : Math.max(row[i - 1], bounded(row[i]));
            }
        }
    }

    private double bounded(double value) {
        requireFinite(value);
        return predictor.smoother().smoothing().nonNegative() ? Math.max(0, value) : value;
    }

    /** Numbers of a model from elsewhere, and of a series, may each be finite and yet too large for one another. */
    private static void requireFinite(double value) {
        if (!Double.isFinite(value)) {
            throw new ProblemException(
                    ProblemType.NO_FINITE_FORECAST,
                    "The forecast is no finite number: weights of the model, or values of the series, are too large to compute with. Send the series in a larger unit, or name another version.");
        }
    }

    /** The median; for counts the mean, because their median is often 0 for ever. */
    private double middle(int step) {
        return head instanceof CountHead ? mean[step] : quantiles[step][median];
    }

    private void widen(int start) {
        double[] last = quantiles[start - 1];
        double[] widest = new double[last.length];
        for (int i = 0; i < last.length; i++) {
            widest[i] = Math.abs(last[i] - last[median]);
        }
        double[] carried = widest.clone();
        int end = Math.min(mean.length, start + block);
        for (int step = start; step < end; step++) {
            double[] row = quantiles[step];
            double middle = row[median];
            for (int i = 0; i < row.length; i++) {
                // Not hypot: the square root is exactly rounded everywhere.
                double own = row[i] - middle;
                widest[i] = Math.max(widest[i], Math.sqrt(own * own + carried[i] * carried[i]));
                row[i] = i < median ? bounded(middle - widest[i]) : middle + widest[i];
            }
            row[median] = middle;
            keepWidth(row, quantiles[step - 1]);
        }
    }

    /** Where a lower bound was cut at zero, the upper one gives way, so that no interval around the median narrows. */
    private void keepWidth(double[] row, double[] before) {
        for (int upper = median + 1; upper < row.length; upper++) {
            row[upper] = Math.max(row[upper], row[upper - 1]);
            for (int lower = 0; lower < median; lower++) {
                row[upper] = Math.max(row[upper], row[lower] + (before[upper] - before[lower]));
            }
        }
    }

    private double[][] byLevel() {
        double[][] byLevel = new double[asked.size()][mean.length];
        for (int i = 0; i < asked.size(); i++) {
            for (int step = 0; step < mean.length; step++) {
                double value = quantiles[step][places[i]];
                requireFinite(value); // what was widened may have grown beyond all numbers
                byLevel[i][step] = ShortDecimal.rounded(value);
            }
        }
        return byLevel;
    }
}
