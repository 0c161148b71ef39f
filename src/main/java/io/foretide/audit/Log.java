package io.foretide.audit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The findings of an audit, of which so many are kept, the worst first. */
final class Log {
    private final int most;
    private final Map<Outcome, List<Finding>> findings = new EnumMap<>(Outcome.class);
    private final Map<String, Long> counts = new TreeMap<>();
    private long found;

    Log(int most) {
        this.most = most;
    }

    /** Notes what was found in a series, if anything was. */
    void add(String itemId, FindingKind kind, Outcome outcome, Places places, String detail) {
        if (places.count() == 0) {
            return;
        }
        found++;
        counts.merge(kind.wireName(), places.count(), Long::sum);
        List<Finding> alike = findings.computeIfAbsent(outcome, _ -> new ArrayList<>());
        if (alike.size() < most) {
            alike.add(new Finding(itemId, kind, outcome, places.count(), places.first(), detail, kind.repair()));
        }
    }

    boolean hasRefused() {
        return findings.containsKey(Outcome.REFUSED);
    }

    Map<String, Long> counts() {
        return counts;
    }

    List<Finding> findings() {
        return findings.values().stream().flatMap(List::stream).limit(most).toList();
    }

    boolean isTruncated() {
        return found > most;
    }
}
