package io.foretide.series;

import io.foretide.reading.Cells;
import java.util.Arrays;
import java.util.Objects;
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
    /** The largest magnitude of an observation that clients may send. */
    public static final double LARGEST_VALUE = Cells.LARGEST;

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

    /**
     * What of this series is known after its first steps: these, and what is known ahead of as many steps as the horizon, as
     * far as it was sent.
     */
    public TimeSeries knownAt(int origin, int horizon) {
        double[] before = Arrays.copyOf(target, origin);
        return new TimeSeries(itemId, frequency, timeline, before, covariates.knownAt(origin, horizon));
    }
}
