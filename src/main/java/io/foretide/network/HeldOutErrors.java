package io.foretide.network;

import io.foretide.series.TimeSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Walks predictors over the validation parts of series, through the same path as every prediction. */
final class HeldOutErrors {
    /** Enough for a stable loss, and little beside an epoch of training. */
    private static final int MOST_STEPS = 40_000;

    private static final int MOST_ORIGINS = 24;

    /** The steps of a target that are to be forecast, from the first to before the last. */
    private record Part(TimeSeries series, int from, int to) {
        double[] target() {
            return series.target();
        }

        /** Whether forecasts from here, after so many steps, are scored. */
        boolean isOrigin(long steps) {
            int stride = Math.max(1, Math.ceilDiv(to - from, MOST_ORIGINS));
            return steps >= from && (steps - from) % stride == 0;
        }
    }

    private final List<Part> parts;
    private final BooleanSupplier over;

    /** Thrown through walks that are to end. */
    private static final class OverException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private OverException() {
            super(null, null, false, false);
        }
    }

    private HeldOutErrors(List<Part> parts) {
        this(parts, () -> false);
    }

    private HeldOutErrors(List<Part> parts, BooleanSupplier over) {
        this.parts = parts;
        this.over = over;
    }

    /** The same, asked in each step whether that was enough. */
    HeldOutErrors until(BooleanSupplier over) {
        return new HeldOutErrors(parts, over);
    }

    /** How many steps a walk has. */
    long steps() {
        return parts.stream().mapToLong(part -> part.to() - 1L).sum();
    }

    /** Over the validation parts; where the walk would get long, over an even choice of them. */
    static HeldOutErrors ofValidation(List<TimeSeries> series, List<Split> splits) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < series.size(); i++) {
            Split split = splits.get(i);
            if (split.trainingEnd() > 0 && split.validationEnd() > split.trainingEnd()) {
                parts.add(new Part(series.get(i), split.trainingEnd(), split.validationEnd()));
            }
        }
        return new HeldOutErrors(evenly(parts));
    }

    /** Over the ends of the training parts, for trainings that hold nothing out. */
    static HeldOutErrors ofTraining(List<TimeSeries> series, List<Split> splits, int horizon) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < series.size(); i++) {
            int end = splits.get(i).trainingEnd();
            if (end > 1) {
                parts.add(new Part(series.get(i), Math.max(1, end - 2 * horizon), end));
            }
        }
        return new HeldOutErrors(evenly(parts));
    }

    private static List<Part> evenly(List<Part> parts) {
        long steps = parts.stream().mapToLong(Part::to).sum();
        int stride = (int) Math.max(1, Math.ceilDiv(steps, MOST_STEPS));
        List<Part> chosen = new ArrayList<>();
        for (int i = 0; i < parts.size(); i += stride) {
            chosen.add(parts.get(i));
        }
        return chosen;
    }

    int series() {
        return parts.size();
    }

    /** How many errors of one future step a series has that share no value with one another, in the mean. */
    double stretches(int horizon) {
        return parts.stream()
                .mapToInt(part -> Math.max(1, (part.to() - part.from()) / horizon))
                .average()
                .orElse(0);
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Hears of each future step of each origin. */
    interface Visitor {
        void visit(Place place, double label, double offset, float[] outputs);
    }

    /**
     * @param ahead how many steps lie between the origin and the step, which is at least one
     * @param left how many steps of the held-out part the step and those after it are: the same day in series that end together
     */
    record Place(int ahead, int left) {}

    /** Whether it came to its end. */
    boolean walk(Predictor predictor, Visitor visitor) {
        try {
            walkAll(predictor, visitor);
            return true;
        } catch (OverException e) {
            return false;
        }
    }

    private void walkAll(Predictor predictor, Visitor visitor) {
        var outputs = Outputs.of(predictor);
        List<Walks.Path> paths = parts.stream()
                .map(part -> new Walks.Path(
                        part.target(), Surroundings.of(predictor.features(), part.series()), part.to() - 1))
                .toList();
        new Walks(predictor).over(paths, (walk, state) -> {
            if (over.getAsBoolean()) {
                throw new OverException();
            }
            Part part = parts.get(walk);
            if (part.isOrigin(state.steps()) && state.series.observed > 0) {
                visit(
                        predictor,
                        state.series,
                        part,
                        visitor,
                        outputs.of(state, paths.get(walk).surroundings()));
            }
        });
    }

    private static void visit(Predictor predictor, SmoothedState state, Part part, Visitor visitor, float[] outputs) {
        Smoother smoother = predictor.smoother();
        double scale = smoother.scale(state);
        double[] anchors = new double[predictor.settings().forecast().horizon()];
        smoother.anchors(state, anchors);
        for (int ahead = 1; ahead <= anchors.length; ahead++) {
            int future = (int) state.steps + ahead - 1;
            if (future < part.to() && !Double.isNaN(part.target()[future])) {
                double anchor = anchors[ahead - 1];
                double label = predictor.head().label(part.target()[future], anchor, scale);
                var place = new Place(ahead, part.to() - future);
                visitor.visit(place, label, predictor.head().offset(anchor, scale), outputs);
            }
        }
    }

    /** The mean loss; nothing where there is nothing to score, or where it is not known in time. */
    @Nullable
    Double loss(Predictor predictor) {
        Head head = predictor.head();
        int outputCount = predictor.settings().forecast().horizon() * head.width();
        float[] gradient = new float[outputCount];
        double[] sum = new double[2];
        boolean whole = walk(predictor, (place, label, offset, outputs) -> {
            sum[0] += head.loss((float) label, (float) offset, outputs, (place.ahead() - 1) * head.width(), gradient);
            sum[1]++;
        });
        return sum[1] == 0 || !whole ? null : sum[0] / sum[1];
    }

    /** The root mean square error of each future step, in units of the scale; 1 where there is nothing to tell. */
    double[] deviations(Predictor predictor) {
        int horizon = predictor.settings().forecast().horizon();
        double[] squares = new double[horizon];
        int[] counts = new int[horizon];
        walk(predictor, (place, label, offset, outputs) -> {
            int step = place.ahead() - 1;
            double error = label - outputs[step];
            squares[step] += error * error;
            counts[step]++;
        });
        double[] deviations = new double[horizon];
        for (int i = 0; i < horizon; i++) {
            double least = i == 0 ? 0 : deviations[i - 1];
            deviations[i] = counts[i] == 0
                    ? Math.max(least, i == 0 ? 1 : 0)
                    : Math.min(MeanHead.MOST_DEVIATION, Math.sqrt(squares[i] / counts[i]));
        }
        return deviations;
    }
}
