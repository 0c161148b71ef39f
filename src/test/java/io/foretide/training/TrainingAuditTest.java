package io.foretide.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What jobs and records tell of the series as they were sent. */
class TrainingAuditTest extends TrainingTestBase {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final LocalDate START = LocalDate.of(2024, 2, 1);

    /** Forty days, of which the third is skipped, the fifth is missing and the twentieth is far from the others. */
    private static final String ROWS = IntStream.range(0, 40)
            .filter(day -> day != 2)
            .mapToObj(day -> START.plusDays(day) + "," + (day == 4 ? "" : day == 19 ? 5000 : day * 7 % 5) + "\n")
            .collect(Collectors.joining("", "timestamp,target\n", ""));

    /** The same with its gap as a null. */
    private static final String LINE = IntStream.range(0, 40)
            .mapToObj(day -> day == 2 || day == 4 ? "null" : day == 19 ? "5000" : String.valueOf(day * 7 % 5))
            .collect(Collectors.joining(",", "{\"item_id\":\"series\",\"start\":\"2024-02-01\",\"target\":[", "]}"));

    @LocalServerPort
    int port;

    @Autowired
    JsonMapper json;

    private JsonNode send(HttpRequest.Builder request) throws Exception {
        var response = HTTP.send(request.build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isLessThan(300);
        return json.readTree(response.body());
    }

    private JsonNode get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)));
    }

    private JsonNode train(String type, String body) throws Exception {
        return send(HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/v1/models/air/train?horizon=4&freq=D"))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body)));
    }

    @Test
    void tellWhatWasRepairedAndWhatIsOdd() throws Exception {
        CountDownLatch held = trainer.hold();

        JsonNode accepted = train("text/csv", ROWS);

        JsonNode audit = accepted.path("audit");
        assertThat(audit.path("counts")).isEqualTo(json.readTree("{\"gaps\":1,\"missing_values\":1,\"outliers\":1}"));
        assertThat(audit.path("truncated").asBoolean()).isFalse();
        assertThat(audit.path("findings")).hasSize(3);
        assertThat(audit.at("/findings/0")).isEqualTo(json.readTree("""
                {"item_id":"series","kind":"gaps","outcome":"repaired","count":1,
                 "places":[{"pointer":"line 4","index":2,"time":"2024-02-04","note":"1 skipped before it"}],
                 "detail":"Steps of D are skipped, 1 in all.",
                 "repair":"A skipped step is walked as a missing value. Check the times, and send 0 where nothing happened."}"""));
        assertThat(audit.at("/findings/1/outcome").asString()).isEqualTo("repaired");
        assertThat(audit.at("/findings/1/places/0/pointer").asString()).isEqualTo("line 5");
        assertThat(audit.at("/findings/2/kind").asString()).isEqualTo("outliers");
        assertThat(audit.at("/findings/2/outcome").asString()).isEqualTo("taken");

        String id = accepted.path("id").asString();
        assertThat(get("/api/v1/jobs/" + id).path("audit")).isEqualTo(audit);
        assertThat(get("/api/v1/jobs").at("/items/0").has("audit"))
                .as("in a list of jobs")
                .isFalse();
        held.countDown();
        awaitState(id, JobState.SUCCEEDED);
        assertThat(get("/api/v1/jobs/" + id).path("audit")).as("after the end").isEqualTo(audit);
        assertThat(get("/api/v1/models/air/versions/1").path("audit")).isEqualTo(audit);
    }

    @Test
    void tellTheSameWhereTheJobRunsAgain() throws Exception {
        queue.stop();
        JsonNode accepted = train("text/csv", ROWS);
        String id = accepted.path("id").asString();
        database.sql(
                        "update training_job set state = 'running', attempt = 1, claim = 1, phase = 'training' where id = ?")
                .param(id)
                .update();

        queue.start();

        assertThat(awaitState(id, JobState.SUCCEEDED).attempt()).isEqualTo(2);
        assertThat(get("/api/v1/jobs/" + id).path("audit")).isEqualTo(accepted.path("audit"));
        assertThat(get("/api/v1/models/air/versions/1").path("audit")).isEqualTo(accepted.path("audit"));
    }

    @Test
    void leaveTheArtifactAloneWithWhatTheTrainingSaw() throws Exception {
        awaitState(train("text/csv", ROWS).path("id").asString(), JobState.SUCCEEDED);

        awaitState(train("application/x-ndjson", LINE).path("id").asString(), JobState.SUCCEEDED);

        JsonNode rows = get("/api/v1/models/air/versions/1");
        JsonNode line = get("/api/v1/models/air/versions/2");
        assertThat(rows.path("audit").path("counts"))
                .isNotEqualTo(line.path("audit").path("counts"));
        assertThat(rows.at("/data")).isEqualTo(line.at("/data"));
        assertThat(rows.at("/artifact/sha256")).isEqualTo(line.at("/artifact/sha256"));
    }
}
