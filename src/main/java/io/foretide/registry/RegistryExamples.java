package io.foretide.registry;

/** What the API's documentation shows. */
final class RegistryExamples {
    static final String MODEL = """
            {"name":"air","task":"forecast","created_at":"2026-01-05T09:30:00Z","versions":3,"latest":3,\
            "aliases":{"champion":3}}""";
    static final String MODELS = "{\"items\":[" + MODEL + "]}";
    static final String VERSION = """
            {"model":"air","version":3,"reference":"air:3","task":"forecast","created_at":"2026-01-05T09:30:00Z",\
            "aliases":["champion"],"origin":"trained","job_id":"0b0e7a52-8b0e-4a52-9b4e-0f5c7f1f2f3a",\
            "artifact":{"size":71422,"sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}}""";
    static final String VERSIONS = "{\"items\":[" + VERSION + "]}";
    static final String ALIAS = """
            {"model":"air","alias":"champion","version":3,"reference":"air:3",\
            "revision":17,"moved_by":"anonymous","reason":"Better on the last quarter.",\
            "moved_at":"2026-01-05T09:31:00Z"}""";
    static final String MOVES = """
            {"items":[{"revision":17,"from":2,"to":3,"moved_by":"anonymous","reason":"Better on the last quarter.",\
            "moved_at":"2026-01-05T09:31:00Z"}]}""";
    static final String ROLLBACK = "{\"reason\":\"Forecasts of the new version are too low.\"}";
    static final String ALIASES = "{\"items\":[" + ALIAS + "]}";
    static final String MOVE = "{\"version\":1,\"reason\":\"Better on the last quarter.\"}";

    private RegistryExamples() {}
}
