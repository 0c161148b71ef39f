package io.foretide.training;

/** What the API's documentation shows; the requests work as they stand. */
final class TrainingExamples {
    static final String REQUEST = """
            {"data":{"series":[{"item_id":"air","start":"1949-01-01","freq":"M","target":[\
            112,118,132,129,121,135,148,148,136,119,104,118,115,126,141,135,125,149,170,170,158,133,114,140,\
            145,150,178,163,172,178,199,199,184,162,146,166,171,180,193,181,183,218,230,242,209,191,172,194,\
            196,196,236,235,229,243,264,272,237,211,180,201,204,188,235,227,234,264,302,293,259,229,203,229]}]},\
            "forecast":{"horizon":12},"training":{"seed":42},"description":"Monthly passengers"}""";
    static final String CSV = """
            item_id,timestamp,target
            air,1949-01-01,112
            air,1949-02-01,118
            """;
    static final String JOB = """
            {"id":"0b0e7a52-8b0e-4a52-9b4e-0f5c7f1f2f3a","model":"air","task":"forecast","state":"running",\
            "created_at":"2026-01-05T09:29:00Z","started_at":"2026-01-05T09:29:01Z","finished_at":null,"attempt":1,\
            "progress":{"phase":"training","epoch":3,"epochs":50,"percent":6.0,"train_loss":0.31,\
            "validation_loss":0.35,"remaining":"PT20S"},"version":null,"error":null}""";
    static final String JOBS = "{\"items\":[" + JOB + "]}";

    private TrainingExamples() {}
}
