package io.foretide.series;

import io.foretide.problem.ProblemType;
import io.foretide.reading.Cells;
import io.foretide.reading.Findings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The series of one body.
 *
 * @param <T> what each becomes
 */
abstract class SeriesCollector<T> {
    private final Findings findings = new Findings(ProblemType.INVALID_SERIES);
    private final Budget budget;
    private final Set<String> itemIds = new HashSet<>();
    private final List<T> series = new ArrayList<>();

    SeriesCollector(SeriesLimits limits) {
        budget = new Budget(limits);
    }

    /** What a draft becomes; null where findings say why it becomes nothing. */
    abstract @Nullable T taken(SeriesDraft draft);

    /** Whether a series may have an id that another has. */
    abstract boolean admitsAgain(String itemId, String place);

    /** What stands for a number beyond all bounds. */
    abstract double tooLarge(String place, String detail);

    final Findings findings() {
        return findings;
    }

    final Budget budget() {
        return budget;
    }

    /** Whether a series may have this id. */
    final boolean admits(String itemId, String place) {
        budget.checkText(itemId, place);
        String flaw = Cells.flawOf(itemId);
        if (!flaw.isEmpty()) {
            findings.invalid(place, "item_id " + flaw + ".");
            return false;
        }
        return itemIds.add(itemId) || admitsAgain(itemId, place);
    }

    final void add(SeriesDraft draft) {
        T assembled = taken(draft);
        if (assembled != null) {
            series.add(assembled);
        }
    }

    /** All series; fails if anything was found wrong, or there are none. */
    final List<T> finish(String place) {
        findings.throwIfAny();
        if (series.isEmpty()) {
            findings.invalid(place, "There are no series. Send at least one.");
            findings.throwIfAny();
        }
        return series;
    }
}
