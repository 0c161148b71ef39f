package io.foretide.training;

/** What the API's documentation shows; the requests work as they stand. */
final class TrainingExamples {
    static final String REQUEST = """
            {"data":{"series":[{"item_id":"air","start":"1949-01-01","freq":"M","target":[\
            112,118,132,129,121,135,148,148,136,119,104,118,115,126,141,135,125,149,170,170,158,133,114,140,\
            145,150,178,163,172,178,199,199,184,162,146,166,171,180,193,181,183,218,230,242,209,191,172,194,\
            196,196,236,235,229,243,264,272,237,211,180,201,204,188,235,227,234,264,302,293,259,229,203,229]}]},\
            "forecast":{"horizon":12},"training":{"seed":42},"description":"Monthly passengers"}""";
    static final String CLASSIFY = """
            {"task":"classify","data":{"sequences":[\
            {"id":"a","label":"rises","values":[1,2,3]},{"id":"b","label":"falls","values":[3,2,1]},\
            {"id":"c","label":"rises","values":[2,4,5]},{"id":"d","label":"falls","values":[5,4,2]},\
            {"id":"e","label":"rises","values":[0,1,null,4]},{"id":"f","label":"falls","values":[4,2,null,0]},\
            {"id":"g","label":"rises","values":[3,5,8]},{"id":"h","label":"falls","values":[8,5,3]},\
            {"id":"i","label":"rises","values":[1,3]},{"id":"j","label":"falls","values":[3,1]}]},\
            "network":{"units":8,"members":2},"training":{"epochs":5,"seed":42}}""";
    static final String GENERATE = """
            {"task":"generate","data":{"text":"one two three four five six seven eight nine ten eleven twelve"},\
            "generate":{"tokens":"char"},"network":{"units":16},"training":{"epochs":3,"seed":42}}""";
    static final String CSV = """
            item_id,timestamp,target
            air,1949-01-01,112
            air,1949-02-01,118
            air,1949-03-01,132
            air,1949-04-01,129
            air,1949-05-01,121
            air,1949-06-01,135
            air,1949-07-01,148
            air,1949-08-01,148
            air,1949-09-01,136
            air,1949-10-01,119
            air,1949-11-01,104
            air,1949-12-01,118
            air,1950-01-01,115
            air,1950-02-01,126
            air,1950-03-01,141
            air,1950-04-01,135
            air,1950-05-01,125
            air,1950-06-01,149
            air,1950-07-01,170
            air,1950-08-01,170
            air,1950-09-01,158
            air,1950-10-01,133
            air,1950-11-01,114
            air,1950-12-01,140
            air,1951-01-01,145
            air,1951-02-01,150
            air,1951-03-01,178
            air,1951-04-01,163
            air,1951-05-01,172
            air,1951-06-01,178
            air,1951-07-01,199
            air,1951-08-01,199
            air,1951-09-01,184
            air,1951-10-01,162
            air,1951-11-01,146
            air,1951-12-01,166
            """;
    static final String CLASSIFY_CSV = """
            id,step,label,value
            a,0,rises,1
            a,1,rises,2
            a,2,rises,3
            b,0,falls,3
            b,1,falls,2
            b,2,falls,1
            c,0,rises,2
            c,1,rises,4
            c,2,rises,5
            d,0,falls,5
            d,1,falls,4
            d,2,falls,2
            e,0,rises,0
            e,1,rises,1
            e,2,rises,
            e,3,rises,4
            f,0,falls,4
            f,1,falls,2
            f,2,falls,
            f,3,falls,0
            g,0,rises,3
            g,1,rises,5
            g,2,rises,8
            h,0,falls,8
            h,1,falls,5
            h,2,falls,3
            i,0,rises,1
            i,1,rises,3
            j,0,falls,3
            j,1,falls,1
            """;
    static final String GENERATE_TEXT = "one two three four five six seven eight nine ten eleven twelve";
    static final String JSON_LINES = """
            {"item_id":"air","start":"1949-01-01","freq":"M","target":[\
            112,118,132,129,121,135,148,148,136,119,104,118,115,126,141,135,125,149,170,170,158,133,114,140,\
            145,150,178,163,172,178,199,199,184,162,146,166]}
            """;
    private static final String JOB_BEGINNING = """
            {"id":"0b0e7a52-8b0e-4a52-9b4e-0f5c7f1f2f3a","model":"air","task":"forecast","state":"running",\
            "created_at":"2026-01-05T09:29:00Z","started_at":"2026-01-05T09:29:01Z","finished_at":null,"attempt":1,\
            "progress":{"phase":"training","epoch":3,"epochs":50,"percent":6.0,"train_loss":0.31,\
            "validation_loss":0.35,"remaining":"PT20S"},""";
    private static final String JOB_AUDIT = """
            "audit":{"counts":{"gaps":1},"findings":[{"item_id":"air","kind":"gaps","outcome":"repaired","count":1,\
            "places":[{"pointer":"line 15","index":13,"time":"1950-03-01","note":"1 skipped before it"}],\
            "detail":"Steps of M are skipped, 1 in all.","repair":"A skipped step is walked as a missing value. Check the times,\
             and send 0 where nothing happened."}],"truncated":false},""";
    private static final String JOB_END = "\"version\":null,\"error\":null}";
    private static final String JOB_OF_MANY = JOB_BEGINNING + JOB_END;
    static final String JOB = JOB_BEGINNING + JOB_AUDIT + JOB_END;
    static final String EVENT = "event:progress\nid:17.1.training.3\ndata:" + JOB_OF_MANY + "\n";
    static final String JOBS = "{\"items\":[" + JOB_OF_MANY + "]}";

    private TrainingExamples() {}
}
