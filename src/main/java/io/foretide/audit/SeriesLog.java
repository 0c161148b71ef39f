package io.foretide.audit;

/** Where the findings of one series go. */
record SeriesLog(Log log, String itemId) {
    void error(FindingKind kind, Places places, String detail) {
        log.add(itemId, kind, Severity.ERROR, places, detail);
    }

    void warning(FindingKind kind, Places places, String detail) {
        log.add(itemId, kind, Severity.WARNING, places, detail);
    }
}
