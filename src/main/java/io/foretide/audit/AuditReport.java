package io.foretide.audit;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an audit found.
 *
 * @param trainable whether nothing that was found is refused
 * @param values those that were sent, missing ones included
 * @param missing the values that were sent as missing
 * @param start the earliest time, where the series have times
 * @param end the latest time, where the series have times
 * @param frequency that of all series, where they have one and the same
 * @param counts how often each kind was found in all series, also where findings were left out
 * @param findings what is refused, then what is repaired, then what is taken, each in the order of the series
 * @param truncated whether findings were left out
 */
record AuditReport(
        boolean trainable,
        int series,
        long values,
        long missing,
        @Nullable String start,
        @Nullable String end,
        @Nullable String frequency,
        Map<String, Long> counts,
        List<Finding> findings,
        boolean truncated) {}
