package io.foretide.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TrainingApiTest extends TrainingTestBase {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String TARGET =
            IntStream.range(0, 40).mapToObj(String::valueOf).collect(Collectors.joining(","));
    private static final String DATA = "\"data\":{\"series\":[{\"item_id\":\"a\",\"target\":[" + TARGET + "]}]}";

    @LocalServerPort
    int port;

    @Autowired
    JsonMapper json;

    private static String body(String settings) {
        return "{" + DATA + "," + settings + "}";
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> train(String body, String... headers) throws Exception {
        HttpRequest.Builder request = request("/api/v1/models/air/train")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private JsonNode get(String path) throws Exception {
        HttpResponse<String> response = send(request(path));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json.readTree(response.body());
    }

    private HttpResponse<String> cancel(String id) throws Exception {
        return send(request("/api/v1/jobs/" + id + "/cancel").POST(BodyPublishers.noBody()));
    }

    private String accepted(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        return json.readTree(response.body()).path("id").asString();
    }

    @Test
    void acceptsTheExamplesOfItsDescription() throws Exception {
        trainer.hold();
        List<String> examples = List.of(TrainingExamples.REQUEST, TrainingExamples.CLASSIFY, TrainingExamples.GENERATE);

        for (int i = 0; i < examples.size(); i++) {
            accepted(send(request("/api/v1/models/example-" + i + "/train")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(examples.get(i)))));
        }

        JsonNode tasks = get("/api/v1/jobs");
        assertThat(tasks.path("items").valueStream().map(job -> job.path("task").asString()))
                .containsExactlyInAnyOrder("forecast", "classify", "generate");
    }

    @Test
    void takesSettingsThatTasksShareForThoseOfTheOneThatIsAskedFor() throws Exception {
        trainer.hold();
        String verse = "once upon a time ".repeat(10);
        String texts = IntStream.range(0, 12)
                .mapToObj(i -> "%d,%s,what a %s day%n".formatted(i, i % 2 == 0, i % 2 == 0 ? "fine" : "dull"))
                .collect(Collectors.joining("", "id,label,text\n", ""));

        accepted(post("task=generate&context=8&vocabulary=20", "text/plain", verse));
        accepted(post("task=classify&vocabulary=20", "text/csv", texts));

        String settings = String.join(
                ",",
                database.sql("select settings from training_job")
                        .query(String.class)
                        .list());
        assertThat(settings)
                .contains("\"generate\":{\"tokens\":null,\"vocabulary\":20,\"context\":8}")
                .containsPattern("\"classify\":\\{[^}]*\"vocabulary\":20");
    }

    private HttpResponse<String> post(String query, String type, String body) throws Exception {
        return send(request("/api/v1/models/shared-" + Math.abs(query.hashCode()) + "/train?" + query)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body)));
    }

    @Test
    void answersWithTheJobAndItsAddress() throws Exception {
        CountDownLatch held = trainer.hold();

        HttpResponse<String> response = train(body("\"forecast\":{\"horizon\":4}"));

        String id = accepted(response);
        JsonNode job = json.readTree(response.body());
        assertThat(response.headers().firstValue("Location")).contains("/api/v1/jobs/" + id);
        assertThat(job.propertyNames())
                .containsExactly(
                        "id",
                        "model",
                        "task",
                        "state",
                        "created_at",
                        "started_at",
                        "finished_at",
                        "attempt",
                        "progress",
                        "audit",
                        "version",
                        "error");
        assertThat(job.path("model").asString()).isEqualTo("air");
        assertThat(job.path("task").asString()).isEqualTo("forecast");
        assertThat(job.path("created_at").asString()).endsWith("Z");

        awaitState(id, JobState.RUNNING);
        held.countDown();
        awaitState(id, JobState.SUCCEEDED);
        JsonNode done = get("/api/v1/jobs/" + id);
        assertThat(done.path("state").asString()).isEqualTo("succeeded");
        assertThat(done.path("version").asInt()).isEqualTo(1);
        assertThat(done.path("error").isNull()).isTrue();
        assertThat(done.at("/progress/phase").asString()).isEqualTo("done");
        assertThat(done.at("/progress/percent").asDouble()).isEqualTo(100);
        assertThat(done.at("/progress/train_loss").asDouble()).isEqualTo(1.0 / 3);
        assertThat(done.at("/losses/0/train_loss").asDouble()).isEqualTo(1);
        assertThat(done.at("/losses/0/validation_loss").asDouble()).isEqualTo(1.5);
    }

    @Test
    void takesCsvWithSettingsInTheQuery() throws Exception {
        String csv = IntStream.rangeClosed(1, 28)
                .mapToObj(day -> "a,2024-02-%02d,%d%n".formatted(day, day))
                .collect(Collectors.joining("", "item_id,timestamp,target\n", ""));

        HttpResponse<String> response =
                send(request("/api/v1/models/air/train?horizon=4&epochs=5&description=by%20hand&promote=always")
                        .header("Content-Type", "text/csv")
                        .POST(BodyPublishers.ofString(csv)));

        String id = accepted(response);
        awaitState(id, JobState.SUCCEEDED);
        JsonNode record = registry.publishedBy(id).orElseThrow().provenance();
        assertThat(record.path("description").asString()).isEqualTo("by hand");
        assertThat(record.at("/settings/training/epochs").asInt()).isEqualTo(5);
        assertThat(record.path("frequency").asString()).isNotEmpty();
        assertThat(record.at("/data/start").asString()).isEqualTo("2024-02-01");
        assertThat(record.at("/data/end").asString()).isEqualTo("2024-02-28");
        assertThat(record.at("/promotion/reason").asString()).isEqualTo("promote is always");
    }

    @Test
    void keepsTagsAndDescription() throws Exception {
        String id = accepted(train(body(
                "\"forecast\":{\"horizon\":4},\"description\":\"why\",\"tags\":{\"team\":\"x\",\"cost\":\"low\"}")));

        awaitState(id, JobState.SUCCEEDED);
        JsonNode record = get("/api/v1/models/air/versions/1");
        assertThat(record.path("description").asString()).isEqualTo("why");
        assertThat(record.at("/tags/team").asString()).isEqualTo("x");
        assertThat(record.path("job_id").asString()).isEqualTo(id);
    }

    @Test
    void answersARepeatedKeyWithTheFirstJob() throws Exception {
        String body = body("\"forecast\":{\"horizon\":4}");
        HttpResponse<String> first = train(body, IdempotencyKey.HEADER, "abc");

        HttpResponse<String> repeat = train(body, IdempotencyKey.HEADER, "abc");
        HttpResponse<String> other = train(body("\"forecast\":{\"horizon\":5}"), IdempotencyKey.HEADER, "abc");

        assertThat(accepted(repeat)).isEqualTo(accepted(first));
        assertThat(repeat.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("/problems/idempotency-key-reused");
    }

    @Test
    void refusesAKeyWithSpaces() throws Exception {
        HttpResponse<String> response = train(body("\"forecast\":{\"horizon\":4}"), IdempotencyKey.HEADER, "two words");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("/problems/invalid-parameter");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', textBlock = """
            400 | invalid-request  | /data/series         | "task":"classify"
            400 | invalid-request  | /data/series         | "task":"generate"
            400 | invalid-request  | /task                | "task":"guess","forecast":{"horizon":4}
            404 | unknown-model    | /start_from          | "forecast":{"horizon":4},"start_from":"nobody:1"
            400 | invalid-request  | /start_from          | "forecast":{"horizon":4},"start_from":"air:one"
            422 | not-supported    | /network/embedding   | "forecast":{"horizon":4},"network":{"embedding":5}
            422 | not-supported    | /network/activation  | "forecast":{"horizon":4},"network":{"activation":"relu"}
            422 | not-supported    | /network/activation  | "forecast":{"horizon":4},"network":{"cell":"gru","activation":"relu"}
            400 | invalid-request  | /network/cell        | "forecast":{"horizon":4},"network":{"cell":"transformer"}
            422 | not-supported    | /forecast/quantiles  | "forecast":{"horizon":4,"loss":"squared","quantiles":[0.2]}
            400 | invalid-request  | /network/units       | "forecast":{"horizon":4},"network":{"units":0}
            400 | invalid-request  | /network/members     | "forecast":{"horizon":4},"network":{"members":0}
            400 | invalid-request  | /network/members     | "forecast":{"horizon":4},"network":{"members":9}
            400 | invalid-request  | /forecast/horizon    | "description":"x"
            400 | invalid-request  | /forecast/horizon    | "forecast":{}
            400 | invalid-request  | /forecast/horizon    | "forecast":{"horizon":-4}
            422 | limit-exceeded   | /forecast/horizon    | "forecast":{"horizon":51}
            422 | limit-exceeded   | /training/max_dur    | "forecast":{"horizon":4},"training":{"max_duration":"PT2H"}
            400 | invalid-request  | /training/epochs     | "forecast":{"horizon":4},"training":{"epochs":0}
            400 | invalid-request  | /promote             | "forecast":{"horizon":4},"promote":"sometimes"
            400 | invalid-request  | /tags                | "forecast":{"horizon":4},"tags":{"":"x"}
            400 | invalid-request  | /hidden              | "forecast":{"horizon":4},"hidden":1
            """)
    void refusesAtOnce(int status, String slug, String pointer, String settings) throws Exception {
        HttpResponse<String> response = train(body(settings));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body()).contains("/problems/" + slug).contains("\"pointer\":\"" + pointer);
        assertThat(count("training_job")).isZero();
    }

    @Test
    void takesCovariatesOfEveryKind() throws Exception {
        HttpResponse<String> response = train("{\"data\":{\"series\":[{\"item_id\":\"a\",\"target\":[" + TARGET
                + "],\"past\":{\"temp\":[" + TARGET + "]},\"future\":{\"promo\":[" + TARGET
                + ",null]},\"static\":{\"store\":\"north\"}}]},\"forecast\":{\"horizon\":4}}");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    }

    @Test
    void refusesCovariatesThatDoNotCoverTheTarget() throws Exception {
        HttpResponse<String> response = train("{\"data\":{\"series\":[{\"item_id\":\"a\",\"target\":[" + TARGET
                + "],\"past\":{\"temp\":[1]},\"future\":{\"promo\":[1,2]}}]},\"forecast\":{\"horizon\":4}}");

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body())
                .contains("invalid-series", "/data/series/0/past/temp", "/data/series/0/future/promo");
    }

    @Test
    void refusesSeriesOfDifferentFrequencies() throws Exception {
        HttpResponse<String> response = train("""
                {"data":{"series":[
                  {"item_id":"a","start":"2024-01-01","freq":"D","target":[%1$s]},
                  {"item_id":"none","target":[%1$s]},
                  {"item_id":"alike","start":"2024-01-01","freq":"P1D","target":[%1$s]},
                  {"item_id":"b","start":"2024-01-01","freq":"W","target":[%1$s]}]},
                 "forecast":{"horizon":4}}""".formatted(TARGET));

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).contains("invalid-series", "\"pointer\":\"/data/series/3\"", "are D", "are W");
    }

    @Test
    void refusesANameThatIsNone() throws Exception {
        HttpResponse<String> response = send(request("/api/v1/models/Air!/train")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));

        assertThat(response.statusCode()).isEqualTo(400);
    }

    @Test
    void saysWhenToComeBackWhereTheQueueIsFull() throws Exception {
        queue.stop();
        IntStream.range(0, 3).forEach(i -> submit("waits " + i));

        HttpResponse<String> response = train(body("\"forecast\":{\"horizon\":4}"));

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(response.body()).contains("/problems/queue-full", "\"limit\":3");
    }

    @Test
    void cancelsOnceAndToleratesARepeat() throws Exception {
        queue.stop();
        String id = submit("waits");

        HttpResponse<String> first = cancel(id);
        HttpResponse<String> repeat = cancel(id);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(json.readTree(first.body()).path("state").asString()).isEqualTo("cancelled");
        assertThat(repeat.statusCode()).isEqualTo(200);
        assertThat(repeat.body()).isEqualTo(first.body());
    }

    @Test
    void refusesToCancelWhatHasEnded() throws Exception {
        String id = submit("done");
        awaitState(id, JobState.SUCCEEDED);

        HttpResponse<String> response = cancel(id);

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.body()).contains("/problems/job-finished", "succeeded");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/jobs/nothing, 404, unknown-job",
        "/api/v1/jobs/nothing/events, 404, unknown-job",
        "/api/v1/jobs?state=lost, 400, invalid-parameter",
        "/api/v1/jobs?limit=0, 400, invalid-parameter",
        "/api/v1/jobs?cursor=%20, 400, invalid-parameter",
        "/api/v1/jobs?model=A, 400, invalid-parameter"
    })
    void refusesWhatItCannotShow(String path, int status, String slug) throws Exception {
        HttpResponse<String> response = send(request(path));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.body()).contains("/problems/" + slug);
    }

    @Test
    void listsJobsWithTheirErrorsAsObjects() throws Exception {
        trainer.behave(_ -> {
            throw new ProblemException(ProblemType.NOT_ENOUGH_DATA, "Too little.");
        });
        String id = submit("fails");
        awaitState(id, JobState.FAILED);

        JsonNode page = get("/api/v1/jobs?model=air&state=failed&limit=1");

        assertThat(page.path("items")).hasSize(1);
        assertThat(page.at("/items/0/id").asString()).isEqualTo(id);
        assertThat(page.at("/items/0/error/type").asString()).isEqualTo("/problems/not-enough-data");
        assertThat(page.at("/items/0").has("losses")).isFalse();
    }

    @Test
    void showsTheQueueAsMetrics() throws Exception {
        awaitState(submit("measured"), JobState.SUCCEEDED);

        await().atMost(PATIENCE).untilAsserted(() -> {
            String metrics = send(request("/actuator/prometheus")).body();
            assertThat(metrics)
                    .contains("foretide_training_jobs{state=\"queued\"} 0.0")
                    .contains("foretide_training_jobs{state=\"succeeded\"} 1.0")
                    .contains("foretide_training_duration_seconds_count{outcome=\"succeeded\"}")
                    .contains("foretide_training_loss{model=\"air\"} 0.33");
        });
    }
}
