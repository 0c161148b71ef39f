package io.foretide.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.network.TestNetworks;
import io.foretide.registry.Cause;
import io.foretide.registry.ModelName;
import io.foretide.registry.ModelVersion;
import io.foretide.registry.NewVersion;
import io.foretide.registry.Promotion;
import io.foretide.registry.Task;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

/** Trainings that name the version that they start from, over HTTP. */
class StartFromTest extends TrainingTestBase {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ModelName SEA = new ModelName("sea");
    private static final String TARGET =
            IntStream.range(0, 40).mapToObj(String::valueOf).collect(Collectors.joining(","));

    @LocalServerPort
    int port;

    @Autowired
    JsonMapper json;

    private ModelVersion version(ModelName model, Task task, String provenance) {
        return registry.register(new NewVersion(
                model,
                task,
                null,
                TestNetworks.artifact(3),
                (tools.jackson.databind.node.ObjectNode) json.readTree(provenance),
                Promotion.ALWAYS));
    }

    private ModelVersion version() {
        return version(SEA, Task.FORECAST, "{}");
    }

    private HttpResponse<String> send(String method, String path, String type, String body, String... headers)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofString(body));
        return HTTP.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> train(String startFrom, String... headers) throws Exception {
        String body = "{\"data\":{\"series\":[{\"item_id\":\"a\",\"start\":\"2024-01-01\",\"freq\":\"D\",\"target\":["
                + TARGET + "]}]},\"start_from\":\"" + startFrom + "\"}";
        return send("POST", "/api/v1/models/air/train", "application/json", body, headers);
    }

    private String accepted(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        return json.readTree(response.body()).path("id").asString();
    }

    private HttpResponse<String> delete(String path) throws Exception {
        return send("DELETE", "/api/v1/models/" + path, "application/json", "");
    }

    private String parentOf(String job) {
        awaitState(job, JobState.SUCCEEDED);
        return registry.publishedBy(job)
                .orElseThrow()
                .provenance()
                .path("parent")
                .asString();
    }

    @Test
    void namesTheVersionOfAnotherModelAsTheParent() throws Exception {
        version();

        String byModel = accepted(train("sea"));
        String byAlias = accepted(train("sea@latest"));
        String byNumber = accepted(train("sea:1"));

        assertThat(parentOf(byModel)).isEqualTo("sea:1");
        assertThat(parentOf(byAlias)).isEqualTo("sea:1");
        assertThat(parentOf(byNumber)).isEqualTo("sea:1");
    }

    @Test
    void fixesTheVersionWhenTheJobIsAccepted() throws Exception {
        version();
        CountDownLatch held = trainer.hold();
        String job = accepted(train("sea@champion"));

        version();
        held.countDown();

        assertThat(registry.champion(SEA).orElseThrow().version()).isEqualTo(2);
        assertThat(parentOf(job)).isEqualTo("sea:1");
    }

    @Test
    void takesTheVersionFromTheQueryOfACsv() throws Exception {
        version();

        HttpResponse<String> response = send("POST", "/api/v1/models/air/train?start_from=sea:1", "text/csv", csv());

        assertThat(parentOf(accepted(response))).isEqualTo("sea:1");
    }

    private static String csv() {
        String rows = IntStream.range(0, 40)
                .mapToObj(i -> "a," + LocalDate.of(2024, 1, 1).plusDays(i) + "," + i)
                .collect(Collectors.joining("\n"));
        return "item_id,timestamp,target\n" + rows + "\n";
    }

    @Test
    void takesTheVersionFromTheRequestBesideAFile() throws Exception {
        version();
        String form = """
                --border
                Content-Disposition: form-data; name="request"
                Content-Type: application/json

                {"start_from":"sea:1"}
                --border
                Content-Disposition: form-data; name="data"; filename="data.csv"
                Content-Type: text/csv

                %s
                --border--
                """.formatted(csv()).replace("\n", "\r\n");

        HttpResponse<String> response =
                send("POST", "/api/v1/models/air/train", "multipart/form-data; boundary=border", form);

        assertThat(parentOf(accepted(response))).isEqualTo("sea:1");
    }

    @Test
    void keepsTheParentUntilTheJobHasEnded() throws Exception {
        version();
        version();
        CountDownLatch held = trainer.hold();
        String job = accepted(train("sea:1"));

        HttpResponse<String> ofVersion = delete("sea/versions/1");
        HttpResponse<String> ofModel = delete("sea");
        held.countDown();
        awaitState(job, JobState.SUCCEEDED);
        HttpResponse<String> afterwards = delete("sea/versions/1");

        assertThat(ofVersion.statusCode()).isEqualTo(409);
        assertThat(ofVersion.body()).contains("/problems/in-use", "training job " + job);
        assertThat(ofModel.statusCode()).isEqualTo(409);
        assertThat(ofModel.body()).contains("/problems/in-use", "training job " + job);
        assertThat(afterwards.statusCode()).as(afterwards.body()).isEqualTo(204);
        assertThat(parentOf(job)).isEqualTo("sea:1");
    }

    @Test
    void repeatsUnderAKeyThoughTheAliasHasMoved() throws Exception {
        version();
        String first = accepted(train("sea", IdempotencyKey.HEADER, "abc"));
        awaitState(first, JobState.SUCCEEDED);
        registry.promote(SEA, version().version(), new Cause("a test", "moved"));

        String repeat = accepted(train("sea", IdempotencyKey.HEADER, "abc"));
        HttpResponse<String> other = train("sea:2", IdempotencyKey.HEADER, "abc");

        assertThat(repeat).isEqualTo(first);
        assertThat(other.statusCode()).isEqualTo(409);
    }

    @Test
    void refusesAVersionThatIsNotThere() throws Exception {
        version();

        HttpResponse<String> noModel = train("lake");
        HttpResponse<String> noVersion = train("sea:7");
        HttpResponse<String> noAlias = train("sea@calm");

        assertThat(noModel.statusCode()).isEqualTo(404);
        assertThat(noModel.body()).contains("/problems/unknown-model", "\"pointer\":\"/start_from\"");
        assertThat(noVersion.statusCode()).isEqualTo(404);
        assertThat(noVersion.body()).contains("/problems/unknown-version");
        assertThat(noAlias.statusCode()).isEqualTo(404);
        assertThat(noAlias.body()).contains("/problems/unknown-alias");
    }

    @Test
    void refusesWhatItCannotContinue() throws Exception {
        version(SEA, Task.CLASSIFY, "{}");
        version(new ModelName("weekly"), Task.FORECAST, "{\"frequency\":\"W\"}");
        version(new ModelName("torn"), Task.FORECAST, "{}");
        database.sql("update model_version set artifact_sha256 = ? where model = 'torn'")
                .param("0".repeat(64))
                .update();

        HttpResponse<String> ofAnotherTask = train("sea");
        HttpResponse<String> ofAnotherFrequency = train("weekly");
        HttpResponse<String> damaged = train("torn");

        assertThat(ofAnotherTask.statusCode()).isEqualTo(422);
        assertThat(ofAnotherTask.body()).contains("/problems/cannot-continue", "sea:1 is of the task classify");
        assertThat(ofAnotherFrequency.statusCode()).isEqualTo(422);
        assertThat(ofAnotherFrequency.body()).contains("/problems/cannot-continue", "steps of W", "series are D");
        assertThat(damaged.statusCode()).isEqualTo(422);
        assertThat(damaged.body()).contains("/problems/cannot-continue", "torn:1 cannot be read", "SHA-256");
        assertThat(count("training_job")).isZero();
    }
}
