import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** What the clients send: trainings of a second, and the artifacts of a model that stays as it is. */
final class Samples {
    static final int BASE_VERSIONS = 3;
    static final String BASE = "base";
    private static final int HORIZON = 6;

    private final List<Artifact> artifacts = new ArrayList<>();
    private boolean importIsThere;
    private boolean rollbackIsThere;
    private boolean historyIsThere;

    record Artifact(byte[] bytes, String sha256) {}

    boolean importIsThere() {
        return importIsThere;
    }

    boolean rollbackIsThere() {
        return rollbackIsThere;
    }

    boolean historyIsThere() {
        return historyIsThere;
    }

    Artifact artifact(Random random) {
        return artifacts.get(random.nextInt(artifacts.size()));
    }

    /** Trains the versions that aliases point to, the last of them large, and takes their artifacts. */
    void prepare(Api api, Journal journal) throws IOException, InterruptedException {
        JsonNode paths = api.get("/v3/api-docs").json().path("paths");
        importIsThere = has(paths, "/api/v1/models/{name}/versions", "post");
        rollbackIsThere = has(paths, "/api/v1/models/{name}/aliases/{alias}/rollback", "post");
        historyIsThere = has(paths, "/api/v1/models/{name}/aliases/{alias}/history", "get");
        for (int version = 1; version <= BASE_VERSIONS; version++) {
            String body = training(new Random(version), "if_better", version == BASE_VERSIONS ? 128 : 16);
            var submission = new Journal.Submission("base-" + version, BASE, body);
            journal.submissions.put(submission.key, submission);
            Clients.submit(api, journal, submission);
            while (List.of("queued", "running").contains(state(api, submission))) {
                Thread.sleep(100);
            }
            Api.Answer artifact = api.get("/api/v1/models/" + BASE + "/versions/" + version + "/artifact");
            if (!artifact.succeeded()) {
                throw new IllegalStateException("no artifact of version " + version + ": " + artifact.text());
            }
            artifacts.add(new Artifact(artifact.body(), sha256(artifact.body())));
        }
    }

    private static boolean has(JsonNode paths, String path, String method) {
        return paths.path(path).path(method).isObject();
    }

    private static String state(Api api, Journal.Submission submission) throws IOException {
        return api.get("/api/v1/jobs/" + submission.job).json().path("state").asString();
    }

    static String training(Random random, String promote) {
        return training(random, promote, List.of(8, 16, 128).get(random.nextInt(3)));
    }

    private static String training(Random random, String promote, int units) {
        return """
                {"task":"forecast","data":{"series":[%s]},"forecast":{"horizon":%d,"context":12},\
                "network":{"cell":"lstm","units":%d},"training":{"epochs":%d,"patience":1000,"seed":%d},"promote":"%s"}"""
                .formatted(series(random), HORIZON, units, 10 + random.nextInt(20), random.nextInt(1000), promote);
    }

    static String prediction() {
        return "{\"series\":[%s],\"horizon\":%d}".formatted(series(new Random(0)), HORIZON);
    }

    /** Six years of months: a trend, a season, and noise. */
    private static String series(Random random) {
        String target = IntStream.range(0, 72)
                .mapToObj(t -> String.format(
                        Locale.ROOT,
                        "%.1f",
                        100 + t + 20 * Math.sin(2 * Math.PI * t / 12) + 5 * random.nextGaussian()))
                .collect(Collectors.joining(",", "[", "]"));
        return "{\"item_id\":\"series\",\"start\":\"2020-01-01\",\"freq\":\"M\",\"target\":" + target + "}";
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
