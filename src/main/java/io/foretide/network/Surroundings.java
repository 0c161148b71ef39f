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
 * <p>A walk over a whole series has those of the series. A walk whose steps come one by one has, at each of them, those
 * {@link #ofStep of that step}.
 */
public final class Surroundings {
    private static final double[] NOTHING = {};

    private final Features features;
    private final int knownAhead;
    private final double[][] past;
    private final double[][] future;

    /** Which category of each covariate; −1 for one that the training did not see, or none. */
    private final int[] categories;

    /** That of the whole walk. */
    private final @Nullable Timeline timeline;

    /** Of which step of the walk the first past and the first future covariates are. */
    private final long pastFrom;

    private final long futureFrom;

    private Surroundings(
            Features features,
            double[][] past,
            double[][] future,
            int[] categories,
            @Nullable Timeline timeline,
            long pastFrom,
            long futureFrom) {
        this.features = features;
        this.knownAhead = features.knownAhead();
        this.past = past;
        this.future = future;
        this.categories = categories;
        this.timeline = timeline;
        this.pastFrom = pastFrom;
        this.futureFrom = futureFrom;
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
                0,
                0);
    }

    /**
     * Those of one step of a walk whose steps come one by one.
     *
     * @param fixed the static covariates of the walk, by name
     * @param timeline when the steps of the walk are, its first one being step 0
     * @param past a number for each past covariate, in the order of the features; empty where nothing is known
     * @param ahead for each future covariate, in the order of the features, the numbers of the steps after this one; empty
     *     where nothing is known
     */
    public static Surroundings ofStep(
            Features features,
            Map<String, String> fixed,
            @Nullable Timeline timeline,
            long step,
            double[] past,
            double[][] ahead) {
        double[][] known = new double[features.past().size()][];
        for (int i = 0; i < known.length; i++) {
            known[i] = past.length == 0 ? NOTHING : new double[] {past[i]};
        }
        double[][] future = ahead.length == 0 ? values(features.future(), Map.of()) : ahead;
        int[] categories = categories(features.fixed(), fixed);
        return new Surroundings(features, known, future, categories, timeline, step, step + 1);
    }

    /** Nothing is known but the target. */
    public static Surroundings unknown(Features features) {
        return new Surroundings(
                features,
                values(features.past(), Map.of()),
                values(features.future(), Map.of()),
                categories(features.fixed(), Map.of()),
                null,
                0,
                0);
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
            next = write(features.past().get(i), past[i], step - pastFrom, to, next);
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
            next = write(features.future().get(i), future[i], step - futureFrom, to, next);
        }
        if (features.calendar().isEmpty()) {
            return;
        }
        Arrays.fill(to, next, at + knownAhead, 0);
        if (timeline != null) {
            ZonedDateTime time = timeline.timeOf(step);
            for (CalendarCycle cycle : features.calendar()) {
                cycle.write(time, to, next);
                next += cycle.numbers();
            }
        }
    }

    private static int write(Measured covariate, double[] values, long index, float[] to, int at) {
        double value = index >= 0 && index < values.length ? values[(int) index] : Double.NaN;
        boolean missing = Double.isNaN(value);
        to[at] = missing ? 0 : covariate.standardised(value);
        if (covariate.masked()) {
            to[at + 1] = missing ? 1 : 0;
        }
        return at + covariate.width();
    }
}
