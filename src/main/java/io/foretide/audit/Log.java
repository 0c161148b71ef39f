package io.foretide.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The findings of an audit, of which so many are kept, errors first. */
final class Log {
    private final int most;
    private final List<Finding> errors = new ArrayList<>();
    private final List<Finding> warnings = new ArrayList<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private long findings;

    Log(int most) {
        this.most = most;
    }

    /** Notes what was found in a series, if anything was. */
    void add(String itemId, FindingKind kind, Severity severity, Places places, String detail) {
        if (places.count() == 0) {
            return;
        }
        findings++;
        counts.merge(kind.wireName(), places.count(), Long::sum);
        List<Finding> list = severity == Severity.ERROR ? errors : warnings;
        if (list.size() < most) {
            list.add(new Finding(itemId, kind, severity, places.count(), places.first(), detail, kind.repair()));
        }
    }

    boolean hasErrors() {
        return !errors.isEmpty();
    }

    Map<String, Long> counts() {
        return counts;
    }

    List<Finding> findings() {
        List<Finding> all = new ArrayList<>(errors);
        all.addAll(warnings.subList(0, Math.min(warnings.size(), most - errors.size())));
        return all;
    }

    boolean isTruncated() {
        return findings > findings().size();
    }
}
