package io.foretide.series;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The series of one body, each with its own id. */
final class SeriesCollector {
    private final Findings findings = new Findings();
    private final Budget budget;
    private final SeriesAssembler assembler;
    private final Set<String> itemIds = new HashSet<>();
    private final List<TimeSeries> series = new ArrayList<>();

    SeriesCollector(SeriesLimits limits) {
        budget = new Budget(limits);
        assembler = new SeriesAssembler(findings, budget);
    }

    Findings findings() {
        return findings;
    }

    Budget budget() {
        return budget;
    }

    /** Whether a series may have this id. */
    boolean admits(String itemId, String place) {
        budget.checkText(itemId, place);
        String flaw = Cells.flawOf(itemId);
        if (!flaw.isEmpty()) {
            findings.invalid(place, "item_id " + flaw + ".");
            return false;
        }
        if (!itemIds.add(itemId)) {
            findings.impossible(place, "Another series has the item_id " + Quoted.of(itemId) + " already.");
            return false;
        }
        return true;
    }

    void add(SeriesDraft draft) {
        TimeSeries assembled = assembler.assemble(draft);
        if (assembled != null) {
            series.add(assembled);
        }
    }

    /** All series; fails if anything was found wrong, or there are none. */
    List<TimeSeries> finish(String place) {
        findings.throwIfAny();
        if (series.isEmpty()) {
            findings.invalid(place, "There are no series. Send at least one.");
            findings.throwIfAny();
        }
        return series;
    }
}
