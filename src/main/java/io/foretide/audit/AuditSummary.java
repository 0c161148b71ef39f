package io.foretide.audit;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an audit found in series that a training takes, short enough to be kept with what comes of it.
 *
 * @param counts how often each kind was found in all series, also where findings were left out
 * @param findings what the training repairs, then what it takes as it is, each in the order of the series
 * @param truncated whether findings were left out
 */
public record AuditSummary(Map<String, Long> counts, List<Finding> findings, boolean truncated) {
    /** Of series with nothing odd about them. */
    public static final AuditSummary NOTHING = new AuditSummary(Map.of(), List.of(), false);

    public AuditSummary {
        counts = Collections.unmodifiableMap(new TreeMap<>(counts));
        findings = List.copyOf(findings);
    }
}
