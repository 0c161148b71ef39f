package io.foretide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foretide.testing.RunningService;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Labels for sequences, through the whole service: from data over a job and a version to classifications. */
class LifeOfAClassifierTest {
    private static final String QUICK = "&units=8&epochs=8&members=1&seed=7&validation_split=0.3";
    private static final String JSON = "application/json";
    private static final String CSV = "text/csv";

    private static RunningService service;

    @BeforeAll
    static void trainsAVersion(@TempDir Path folder) throws Exception {
        service = RunningService.start(folder);
        service.finished(post("/api/v1/models/waves/train?task=classify&description=first" + QUICK, CSV, rows(60, 1)));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void theRecordTellsHowTheVersionCameAbout() throws Exception {
        JsonNode version = service.get("/api/v1/models/waves/versions/1");

        assertThat(version.path("task").asString()).isEqualTo("classify");
        assertThat(version.path("aliases").toString()).contains("champion");
        assertThat(version.path("labels").toString()).isEqualTo("[\"falls\",\"rises\"]");
        assertThat(version.path("streams_in_constant_time").isBoolean()).isTrue();
        assertThat(version.at("/settings/network/units").asInt()).isEqualTo(8);
        assertThat(version.at("/data/sequences").asInt()).isEqualTo(60);
        assertThat(version.at("/data/steps").asInt()).isEqualTo(60 * 20);
        assertThat(version.at("/data/labels/rises").asInt()).isEqualTo(30);
        assertThat(version.at("/measures/sequences").asInt()).isPositive();
        assertThat(version.at("/measures/model/log_loss").asDouble())
                .isLessThan(version.at("/measures/majority/log_loss").asDouble());
        assertThat(version.at("/measures/confusion/falls").size()).isEqualTo(2);
        assertThat(version.path("losses").size()).isPositive();
        assertThat(version.path("description").asString()).isEqualTo("first");
    }

    @Test
    void classifiesSequencesOfEveryForm() throws Exception {
        String path = "/api/v1/models/waves/predict";
        JsonNode object = service.json(post(path, JSON, "{\"sequences\":[" + sequence("a", 1) + "]}"));
        JsonNode lines = service.json(post(path, "application/x-ndjson", sequence("a", 1) + "\n"));
        String rows = post(path, CSV, CSV, rows(2, 5)).body();

        assertThat(object.path("task").asString()).isEqualTo("classify");
        assertThat(object.path("version").asInt()).isEqualTo(1);
        JsonNode classification = object.at("/classifications/0");
        assertThat(classification.path("id").asString()).isEqualTo("a");
        assertThat(classification.path("label").asString()).isEqualTo("rises");
        assertThat(classification.at("/probabilities/rises").asDouble()
                        + classification.at("/probabilities/falls").asDouble())
                .isEqualTo(1, within(1e-9));
        assertThat(lines).isEqualTo(object);
        assertThat(rows.lines()).hasSize(3).first().isEqualTo("id,label,falls,rises");
    }

    @Test
    void measuresSequencesWhoseLabelsAreKnown() throws Exception {
        JsonNode report = service.json(post("/api/v1/models/waves/backtest", CSV, rows(40, 9)));

        assertThat(report.path("sequences").asInt()).isEqualTo(40);
        assertThat(report.path("seen_in_training").asInt()).isZero();
        assertThat(report.at("/overall/model/accuracy").asDouble()).isGreaterThan(0.9);
        assertThat(report.at("/overall/majority/accuracy").asDouble()).isEqualTo(0.5);
        assertThat(report.at("/overall/model/auc").asDouble()).isGreaterThan(0.9);
        assertThat(report.path("confusion").size()).isEqualTo(2);

        JsonNode seen = service.json(post("/api/v1/models/waves/backtest", CSV, rows(60, 1)));
        assertThat(seen.path("seen_in_training").asInt()).isBetween(1, 59);
    }

    @Test
    void aVersionThatIsExportedClassifiesTheSameElsewhere() throws Exception {
        byte[] artifact = service.download("/api/v1/models/waves/versions/1/artifact");
        String sequences = "{\"sequences\":[" + sequence("a", 1) + "," + sequence("b", -1) + "]}";

        JsonNode imported = service.upload("/api/v1/models/copies/versions", artifact);

        assertThat(imported.path("task").asString()).isEqualTo("classify");
        assertThat(imported.at("/measures/model/log_loss").isNumber()).isTrue();
        assertThat(service.post("/api/v1/models/copies/predict", sequences).path("classifications"))
                .isEqualTo(
                        service.post("/api/v1/models/waves/predict", sequences).path("classifications"));
    }

    @Test
    void theChampionGivesWayOnlyToABetterVersion() throws Exception {
        String wrong =
                rows(60, 9).replace("rises", "?").replace("falls", "rises").replace("?", "falls");
        for (String data : new String[] {wrong, rows(60, 1), rows(60, 1)}) {
            service.finished(post("/api/v1/models/rivals/train?task=classify" + QUICK, CSV, data));
        }

        JsonNode better = service.get("/api/v1/models/rivals/versions/2");
        assertThat(better.at("/promotion/decision").asString()).isEqualTo("promoted");
        assertThat(better.at("/promotion/sequences").asInt()).isPositive();
        assertThat(better.at("/promotion/log_loss").asDouble())
                .isLessThan(better.at("/promotion/champion_log_loss").asDouble());
        assertThat(service.get("/api/v1/models/rivals/versions/3")
                        .at("/promotion/decision")
                        .asString())
                .isEqualTo("not_promoted");
    }

    @Test
    void goesOnFromAnEarlierVersion() throws Exception {
        service.finished(post(
                "/api/v1/models/later/train?task=classify&start_from=waves:1&epochs=1&seed=2&validation_split=0.3",
                CSV,
                rows(40, 2)));

        JsonNode version = service.get("/api/v1/models/later/versions/1");
        assertThat(version.path("parent").asString()).isEqualTo("waves:1");
        assertThat(version.at("/settings/network/units").asInt()).isEqualTo(8);
    }

    @Test
    void trainsOnTextsInAPartOfTheRequestThatIsCompressed() throws Exception {
        var text = new StringBuilder("id,label,text\n");
        for (int i = 0; i < 40; i++) {
            text.append("%d,%s,this was a %s day number %d%n"
                    .formatted(i, i % 2 == 0 ? "good" : "bad", i % 2 == 0 ? "lovely" : "dreadful", i));
        }
        var body = new ByteArrayOutputStream();
        body.write(part(
                "request",
                "",
                "{\"task\":\"classify\",\"network\":{\"units\":8,\"members\":1,\"embedding\":8},"
                        + "\"training\":{\"epochs\":10,\"seed\":1}}"));
        body.write("--x\r\nContent-Disposition: form-data; name=data; filename=a.csv.gz\r\n\r\n"
                .getBytes(StandardCharsets.UTF_8));
        try (var gzip = new GZIPOutputStream(body) {}) {
            gzip.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        body.write("\r\n--x--\r\n".getBytes(StandardCharsets.UTF_8));

        service.finished(
                service.send(HttpRequest.newBuilder(URI.create(service.address() + "/api/v1/models/mood/train"))
                        .header("Content-Type", "multipart/form-data; boundary=x")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                        .build()));

        JsonNode said = service.post("/api/v1/models/mood/predict", "{\"sequences\":[{\"text\":\"a lovely day\"}]}");
        assertThat(said.at("/classifications/0/label").asString()).isEqualTo("good");
        assertThat(service.get("/api/v1/models/mood/versions/1")
                        .at("/data/characters")
                        .asInt())
                .isPositive();
    }

    @Test
    void namesWhatATrainingCannotBeginWith() throws Exception {
        String path = "/api/v1/models/nothing/train";

        assertProblem(
                post(path, JSON, "{\"data\":{\"sequences\":[" + sequence("a", 1) + "]}}"), 400, "/data/sequences");
        assertProblem(post(path, JSON, "{\"task\":\"classify\"}"), 400, "/data/sequences");
        assertProblem(
                post(path, JSON, "{\"task\":\"classify\",\"data\":{\"series\":[{\"target\":[1,2]}]}}"),
                400,
                "/data/series");
        assertProblem(
                post(
                        path,
                        JSON,
                        "{\"task\":\"classify\",\"forecast\":{\"horizon\":3},\"data\":{\"sequences\":["
                                + sequence("a", 1) + "," + sequence("b", -1) + "]}}"),
                422,
                "/forecast");
        assertProblem(
                post(path, JSON, "{\"task\":\"classify\",\"data\":{\"sequences\":[{\"id\":\"a\",\"values\":[1,2]}]}}"),
                422,
                "/data/sequences/0/label");
        HttpResponse<String> oneLabel = post(
                path,
                JSON,
                "{\"task\":\"classify\",\"data\":{\"sequences\":[{\"label\":\"a\",\"values\":[1,2]},{\"label\":\"a\",\"values\":[3]}]}}");
        assertThat(oneLabel.statusCode()).isEqualTo(422);
        assertThat(service.json(oneLabel).path("type").asString()).isEqualTo("/problems/not-enough-data");
        assertProblem(post("/api/v1/models/nothing/train?task=classify&freq=D", CSV, rows(4, 1)), 400, "freq");
    }

    @Test
    void namesWhatAVersionCannotClassify() throws Exception {
        String path = "/api/v1/models/waves/predict";

        HttpResponse<String> series = post(path, JSON, "{\"series\":[{\"target\":[1,2,3]}]}");
        assertThat(series.statusCode()).isEqualTo(409);
        assertThat(service.json(series).path("type").asString()).isEqualTo("/problems/task-mismatch");
        assertProblem(post(path, JSON, "{\"sequences\":[{\"values\":[[1,2]]}]}"), 422, "/sequences/0/values");
        assertThat(post(path, JSON, "{\"sequences\":[{\"text\":\"x\"}]}").statusCode())
                .isEqualTo(422);
        assertProblem(
                post("/api/v1/models/waves/backtest", JSON, "{\"sequences\":[{\"values\":[1,2],\"label\":\"storm\"}]}"),
                422,
                "/sequences/0/label");
        String forecast = "{\"forecast\":{\"horizon\":3},\"data\":{\"series\":[{\"target\":[1,2,3]}]}}";
        assertThat(post("/api/v1/models/waves/train", JSON, forecast).statusCode())
                .isEqualTo(409);
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String pointer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(service.json(answer).at("/errors/0/pointer").asString()).startsWith(pointer);
    }

    private static byte[] part(String name, String more, String content) {
        return ("--x\r\nContent-Disposition: form-data; name=\"" + name + "\"" + more + "\r\n\r\n" + content + "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Twenty steps that rise or fall. */
    private static String sequence(String id, int slope) {
        var values = new StringBuilder();
        for (int step = 0; step < 20; step++) {
            values.append(step == 0 ? "" : ",").append(slope * step + step % 3);
        }
        return "{\"id\":\"" + id + "\",\"label\":\"" + (slope > 0 ? "rises" : "falls") + "\",\"values\":[" + values
                + "]}";
    }

    /** Half of them rise and half fall, each with its own noise. */
    private static String rows(int sequences, long seed) {
        var random = new Random(seed);
        var rows = new StringBuilder("id,step,label,x\n");
        for (int i = 0; i < sequences; i++) {
            boolean rises = i % 2 == 0;
            for (int step = 0; step < 20; step++) {
                double value = (rises ? step : -step) + 2 * random.nextGaussian();
                rows.append("%d,%d,%s,%s%n".formatted(i, step, rises ? "rises" : "falls", value));
            }
        }
        return rows.toString();
    }

    private static HttpResponse<String> post(String path, String type, String body) throws Exception {
        return post(path, type, JSON, body);
    }

    private static HttpResponse<String> post(String path, String type, String accept, String body) throws Exception {
        return service.send(HttpRequest.newBuilder(URI.create(service.address() + path))
                .header("Content-Type", type)
                .header("Accept", accept)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }
}
