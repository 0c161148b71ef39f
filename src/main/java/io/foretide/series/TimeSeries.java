package io.foretide.series;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One sequence of observations in the order of time.
 *
 * @param itemId the key of the series
 * @param frequency the spacing of its steps, that of the timeline where there is one; absent where the client sent none
 * @param timeline when its steps are; absent where the client sent no times
 * @param target the observations, a number a step; NaN marks a missing one
 * @param covariates what is known beside the target
 */
public record TimeSeries(
        String itemId,
        @Nullable Frequency frequency,
        @Nullable Timeline timeline,
        double[] target,
        Covariates covariates) {
    public TimeSeries {
        for (double value : target) {
            if (Double.isInfinite(value)) {
                throw new IllegalArgumentException("target must be finite, or NaN for a missing observation");
            }
        }
        if (timeline != null && !Objects.equals(frequency, timeline.frequency())) {
            throw new IllegalArgumentException("frequency " + frequency + " is not that of " + timeline);
        }
        covariates.requireCovering(target.length);
    }

    /** A series whose frequency is that of its timeline. */
    public TimeSeries(String itemId, @Nullable Timeline timeline, double[] target, Covariates covariates) {
        this(itemId, timeline == null ? null : timeline.frequency(), timeline, target, covariates);
    }

    /** How many steps there are, missing observations included. */
    public int length() {
        return target.length;
    }

    /** The first steps of this series: its past ends with them, its future stays known. */
    public TimeSeries first(int length) {
        Map<String, double[]> past = new TreeMap<>();
        covariates.past().forEach((name, values) -> past.put(name, Arrays.copyOf(values, length)));
        Covariates known = new Covariates(past, covariates.future(), covariates.fixed());
        return new TimeSeries(itemId, frequency, timeline, Arrays.copyOf(target, length), known);
    }
}
