package io.foretide.audit;

/** What the API's documentation shows; the requests work as they stand. */
final class AuditExamples {
    static final String REQUEST = """
            {"series": [{"item_id": "visits", "freq": "D",
              "timestamps": ["2024-01-01", "2024-01-02", "2024-01-02", "2024-01-05", "2024-01-04", "2024-01-08"],
              "target": [10, 12, 11, null, 13, 12]}],
             "horizon": 7}""";

    static final String CSV = """
            item_id,timestamp,target
            visits,2024-01-01,10
            visits,2024-01-02,12
            visits,2024-01-02,11
            visits,2024-01-05,
            visits,2024-01-08,12
            """;

    static final String JSON_LINES = """
            {"item_id": "visits", "start": "2024-01-01", "freq": "D", "target": [10, 12, null, 13, 12]}
            """;

    private AuditExamples() {}
}
