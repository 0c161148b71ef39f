package io.foretide.audit;

import java.util.List;

/**
 * One kind of what is wrong or odd with one series.
 *
 * @param outcome what a training makes of it
 * @param count how often it was found
 * @param places the first of those
 * @param detail what was found
 * @param repair what a training does about it, or what to do
 */
record Finding(
        String itemId,
        FindingKind kind,
        Outcome outcome,
        long count,
        List<FoundPlace> places,
        String detail,
        String repair) {
    Finding {
        places = List.copyOf(places);
    }
}
