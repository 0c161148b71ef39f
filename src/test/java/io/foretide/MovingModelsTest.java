package io.foretide;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.storage.TestDatabase;
import io.foretide.testing.RunningService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A model that was trained on one service and serves on others: exported, imported, and moved under two replicas. */
class MovingModelsTest {
    private static final String VERSIONS = "/api/v1/models/air/versions";

    /** Within this time of its answer a move counts on every replica. */
    private static final Duration BOUND = Duration.ofSeconds(2);

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void theSameBitsAreForecastWhereverTheArtifactGoes(@TempDir Path folder) throws Exception {
        String rows = Files.readString(Path.of("examples/air-passengers.csv"));
        HttpResponse<byte[]> first;
        HttpResponse<byte[]> second;
        JsonNode record;
        JsonNode forecasts;
        try (var laptop = RunningService.start(folder)) {
            train(laptop, rows, 1);
            train(laptop, rows, 2);
            first = download(laptop, 1);
            second = download(laptop, 2);
            record = laptop.get(VERSIONS + "/1");
            forecasts = predict(laptop, "air:1", rows).get("forecasts");
        }

        String url = TestDatabase.emptyPostgres();
        try (var one = onPostgres(folder.resolve("one"), url);
                var other = onPostgres(folder.resolve("other"), url)) {
            HttpResponse<String> imported = upload(one, first, "");
            assertThat(imported.statusCode()).as(imported.body()).isEqualTo(201);
            assertThat(imported.headers().firstValue("Location")).contains(VERSIONS + "/1");
            assertThat(upload(one, first, "").statusCode()).isEqualTo(200);
            assertThat(upload(other, second, "?promote=never").statusCode()).isEqualTo(201);

            assertThat(predict(one, "air", rows).get("forecasts")).isEqualTo(forecasts);
            assertThat(predict(other, "air", rows).get("forecasts")).isEqualTo(forecasts);
            assertThat(download(other, 1).body()).isEqualTo(first.body());
            assertSameStory(one.get(VERSIONS + "/1"), record);

            movesSeenByTheOther(one, other, rows);
        }
    }

    private static void assertSameStory(JsonNode imported, JsonNode trained) {
        assertThat(imported.get("origin").asString()).isEqualTo("imported");
        assertThat(imported.at("/imported/sha256")).isEqualTo(trained.at("/artifact/sha256"));
        for (String field : new String[] {
            "task",
            "settings",
            "smoothing",
            "network_share",
            "seed",
            "frequency",
            "horizon",
            "features",
            "data",
            "measures",
            "losses",
            "members",
            "stopped_by",
            "chosen",
            "code_version"
        }) {
            assertThat(imported.get(field)).as(field).isNotNull().isEqualTo(trained.get(field));
        }
    }

    private void movesSeenByTheOther(RunningService one, RunningService other, String rows) throws Exception {
        assertThat(predict(other, "air", rows).get("version").asInt()).isEqualTo(1);
        assertThat(predict(other, "air:1", rows).get("version").asInt()).isEqualTo(1);

        send(one, "PUT", "/api/v1/models/air/aliases/champion", "{\"version\":2}");
        assertSeenInTime(() -> predict(other, "air", rows).get("version").asInt() == 2);

        send(one, "DELETE", VERSIONS + "/1", "");
        assertSeenInTime(() -> isProblem(predict(other, "air:1", rows), "/problems/unknown-version"));

        send(other, "DELETE", "/api/v1/models/air", "");
        assertSeenInTime(() -> isProblem(predict(one, "air", rows), "/problems/unknown-model"));
    }

    private static boolean isProblem(JsonNode answer, String type) {
        return answer.path("type").asString("").equals(type);
    }

    /**
     * Asks again and again, so that what is remembered of the old state is as young as it can be; a question that is asked
     * when the bound has passed must be answered by the new state, however long this machine takes for answers.
     */
    private static void assertSeenInTime(Callable<Boolean> question) throws Exception {
        long confirmed = System.nanoTime();
        Duration asked = Duration.ZERO;
        boolean seen = question.call();
        while (!seen && asked.compareTo(BOUND) < 0) {
            asked = Duration.ofNanos(System.nanoTime() - confirmed);
            seen = question.call();
        }
        assertThat(seen).as("seen by who asked after %s", asked).isTrue();
    }

    private static RunningService onPostgres(Path folder, String url) {
        return RunningService.start(
                folder,
                "foretide.storage.url=" + url,
                "foretide.storage.username=postgres",
                "spring.datasource.hikari.maximum-pool-size=4");
    }

    private static void train(RunningService service, String rows, int seed) throws Exception {
        service.finished(service.send(HttpRequest.newBuilder(uri(
                        service,
                        "/api/v1/models/air/train?horizon=6&freq=M&epochs=2&members=2&promote=never&seed=" + seed))
                .header("Content-Type", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofString(rows))
                .build()));
    }

    private static JsonNode predict(RunningService service, String reference, String rows) throws Exception {
        return service.json(
                service.send(HttpRequest.newBuilder(uri(service, "/api/v1/models/" + reference + "/predict?freq=M"))
                        .header("Content-Type", "text/csv")
                        .header("Accept", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(rows))
                        .build()));
    }

    private HttpResponse<byte[]> download(RunningService service, int version)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(uri(service, VERSIONS + "/" + version + "/artifact"))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private static HttpResponse<String> upload(RunningService service, HttpResponse<byte[]> artifact, String query)
            throws IOException, InterruptedException {
        return service.send(HttpRequest.newBuilder(uri(service, VERSIONS + query))
                .header("Content-Type", "application/zip")
                .header(
                        "Repr-Digest",
                        artifact.headers().firstValue("Repr-Digest").orElseThrow())
                .POST(HttpRequest.BodyPublishers.ofByteArray(artifact.body()))
                .build());
    }

    private static void send(RunningService service, String method, String path, String json) throws Exception {
        HttpResponse<String> answer = service.send(HttpRequest.newBuilder(uri(service, path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    }

    private static URI uri(RunningService service, String path) {
        return URI.create(service.address() + path);
    }
}
