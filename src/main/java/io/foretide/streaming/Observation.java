package io.foretide.streaming;

import io.foretide.series.SentTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One observation as a client sent it.
 *
 * @param session the name of the session that it is for
 * @param seq the client's count of observations of this session, from 1
 * @param value the target; NaN where it is missing
 * @param channels all numbers of the step where a list was sent, NaN where missing; empty where one number was sent
 * @param time when it is; the next step where absent
 * @param past covariates of its step, by name; NaN where missing
 * @param future covariates of the steps after it, by name, the next one first; never empty arrays
 */
record Observation(
        String session,
        long seq,
        double value,
        double[] channels,
        @Nullable SentTime time,
        Map<String, Double> past,
        Map<String, double[]> future) {
    private static final double[] ONE = {};

    Observation {
        if (seq < 1) {
            throw new IllegalArgumentException("seq counts from 1, was " + seq);
        }
        if (Double.isInfinite(value)) {
            throw new IllegalArgumentException("value must be finite, or NaN where it is missing");
        }
    }

    /** One number. */
    Observation(
            String session,
            long seq,
            double value,
            @Nullable SentTime time,
            Map<String, Double> past,
            Map<String, double[]> future) {
        this(session, seq, value, ONE, time, past, future);
    }

    /** The numbers of a step, whether one was sent or a list. */
    double[] values() {
        return channels.length == 0 ? new double[] {value} : channels;
    }

    /** The next step's value, and nothing beside it. */
    static Observation of(String session, long seq, double value) {
        return new Observation(session, seq, value, null, Map.of(), Map.of());
    }
}
