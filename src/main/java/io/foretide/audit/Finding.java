package io.foretide.audit;

import java.util.List;

/**
 * One kind of what is wrong or odd with one series.
 *
 * @param count how often it was found
 * @param places the first of those
 * @param detail what was found
 * @param repair what to do about it
 */
record Finding(
        String itemId,
        FindingKind kind,
        Severity severity,
        long count,
        List<FoundPlace> places,
        String detail,
        String repair) {
    Finding {
        places = List.copyOf(places);
    }
}
