package io.foretide.network;

import io.foretide.network.Features.Category;
import io.foretide.network.Features.Measured;
import io.foretide.series.TimeSeries;
import io.foretide.series.Timeline;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known beside the target around some steps of a walk, as the numbers that a network reads. What is not known, or
 * missing, is masked. Immutable.
 *
 * <p>A walk over a whole series has those of the series. A walk whose steps come one by one has, at each of them, those of a
 * short series that begins there: {@code Surroundings.of(features, series).startingAt(state.steps())}.
 */
public final class Surroundings {
    private static final double[] NOTHING = {};

    private final Features features;
    private final int knownAhead;
    private final double[][] past;
    private final double[][] future;

    /** Which category of each covariate; −1 for one that the training did not see, or none. */
    private final int[] categories;

    private final @Nullable Timeline timeline;
    private final long start;

    private Surroundings(
            Features features,
            double[][] past,
            double[][] future,
            int[] categories,
            @Nullable Timeline timeline,
            long start) {
        this.features = features;
        this.knownAhead = features.knownAhead();
        this.past = past;
        this.future = future;
        this.categories = categories;
        this.timeline = timeline;
        this.start = start;
    }

    /** Those of a series whose first step is the first of a walk. */
    public static Surroundings of(Features features, TimeSeries series) {
        var covariates = series.covariates();
        return new Surroundings(
                features,
                values(features.past(), covariates.past()),
                values(features.future(), covariates.future()),
                categories(features.fixed(), covariates.fixed()),
                series.timeline(),
                0);
    }

    /** Nothing is known but the target. */
    public static Surroundings unknown(Features features) {
        return new Surroundings(
                features,
                values(features.past(), Map.of()),
                values(features.future(), Map.of()),
                categories(features.fixed(), Map.of()),
                null,
                0);
    }

    /** The same around other steps: what was first is the step of a walk after so many others. */
    public Surroundings startingAt(long steps) {
        return new Surroundings(features, past, future, categories, timeline, steps);
    }

    private static double[][] values(List<Measured> covariates, Map<String, double[]> sent) {
        return covariates.stream()
                .map(covariate -> sent.getOrDefault(covariate.name(), NOTHING))
                .toArray(double[][]::new);
    }

    private static int[] categories(List<Category> covariates, Map<String, String> sent) {
        return covariates.stream()
                .mapToInt(covariate -> {
                    String value = sent.get(covariate.name());
                    return value == null ? -1 : covariate.values().indexOf(value);
                })
                .toArray();
    }

    /** Writes what is read with the observation of a step: its past covariates, what is known of the step after it, and categories. */
    void writeInputs(long step, float[] to, int at) {
        int next = at;
        for (int i = 0; i < past.length; i++) {
            next = write(features.past().get(i), past[i], step, to, next);
        }
        writeAhead(step + 1, to, next);
        next += knownAhead;
        for (int i = 0; i < categories.length; i++) {
            int count = features.fixed().get(i).values().size();
            Arrays.fill(to, next, next + count, 0);
            if (categories[i] >= 0) {
                to[next + categories[i]] = 1;
            }
            next += count;
        }
    }

    /** Writes what is known ahead of a step. */
    void writeAhead(long step, float[] to, int at) {
        int next = at;
        for (int i = 0; i < future.length; i++) {
            next = write(features.future().get(i), future[i], step, to, next);
        }
        if (features.calendar().isEmpty()) {
            return;
        }
        Arrays.fill(to, next, at + knownAhead, 0);
        if (timeline != null) {
            ZonedDateTime time = timeline.timeOf(step - start);
            for (CalendarCycle cycle : features.calendar()) {
                cycle.write(time, to, next);
                next += cycle.numbers();
            }
        }
    }

    private int write(Measured covariate, double[] values, long step, float[] to, int at) {
        long index = step - start;
        double value = index >= 0 && index < values.length ? values[(int) index] : Double.NaN;
        boolean missing = Double.isNaN(value);
        to[at] = missing ? 0 : covariate.standardised(value);
        if (covariate.masked()) {
            to[at + 1] = missing ? 1 : 0;
        }
        return at + covariate.width();
    }
}
