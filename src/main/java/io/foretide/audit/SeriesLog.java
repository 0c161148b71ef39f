package io.foretide.audit;

/** Where the findings of one series go. */
record SeriesLog(Log log, String itemId) {
    void refused(FindingKind kind, Places places, String detail) {
        log.add(itemId, kind, Outcome.REFUSED, places, detail);
    }

    void repaired(FindingKind kind, Places places, String detail) {
        log.add(itemId, kind, Outcome.REPAIRED, places, detail);
    }

    void taken(FindingKind kind, Places places, String detail) {
        log.add(itemId, kind, Outcome.TAKEN, places, detail);
    }
}
