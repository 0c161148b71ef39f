package io.foretide;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.testing.RunningService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever is wrong with a request, the answer is a problem document with the right status, and says nothing of our inside. */
class BadRequestsTest {
    private static final String TRAIN = "/api/v1/models/bad/train";
    private static final String PREDICT = "/api/v1/models/known/predict";
    private static final String BACKTEST = "/api/v1/models/known/backtest";
    private static final String SERIES =
            "{\"item_id\":\"a\",\"start\":\"2020-01-01\",\"freq\":\"D\",\"target\":[1,2,3,4,5,6,7,8,9]}";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static RunningService service;

    record Bad(String method, String path, Map<String, String> headers, byte[] body, int status) {
        @Override
        public String toString() {
            String text = new String(Arrays.copyOf(body, Math.min(body.length, 70)), UTF_8);
            return status + " " + method + " " + path + " " + headers + " " + text;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        service = RunningService.start();
        service.train(
                "known",
                "{\"data\":{\"series\":[{\"target\":" + Arrays.toString(RunningService.ramp(40))
                        + "}]},\"forecast\":{\"horizon\":3},\"network\":{\"units\":4},\"training\":{\"epochs\":1}}");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    static List<Bad> requests() {
        List<Bad> bad = new ArrayList<>();
        bad.addAll(malformedBodies());
        bad.addAll(wrongFields());
        bad.addAll(impossibleSeries());
        bad.addAll(wrongFormats());
        bad.addAll(wrongAddresses());
        return bad;
    }

    private static List<Bad> malformedBodies() {
        byte[] brokenUtf8 =
                json("{\"series\":[{\"item_id\":\"?\",\"target\":[1]}]}").clone();
        brokenUtf8[new String(brokenUtf8, UTF_8).indexOf('?')] = (byte) 0xC3;
        return List.of(
                post(PREDICT, "", 400),
                post(PREDICT, "{", 400),
                post(PREDICT, "[]", 400),
                post(PREDICT, "null", 400),
                post(PREDICT, "42", 400),
                post(PREDICT, "\"series\"", 400),
                post(PREDICT, "{\"series\":[" + SERIES + "]} trailing", 400),
                post(PREDICT, "{\"series\":[" + SERIES + "]}{}", 400),
                post(PREDICT, "{\"series\":[" + SERIES + ",]}", 400),
                post(PREDICT, "{series:[]}", 400),
                post(PREDICT, "{'series':[]}", 400),
                post(PREDICT, "// comment\n{\"series\":[" + SERIES + "]}", 400),
                post(PREDICT, "{\"series\":[" + SERIES + "],\"series\":[" + SERIES + "]}", 400),
                post(PREDICT, "{\"horizon\":1,\"horizon\":2,\"series\":[" + SERIES + "]}", 400),
                post(PREDICT, "{\"series\":" + "[".repeat(50_000), 400),
                post(PREDICT, "{\"horizon\":" + "{\"a\":".repeat(50_000), 400),
                post(PREDICT, "{\"series\":[{\"target\":[" + "9".repeat(5_000) + "]}]}", 400),
                post(PREDICT, "{\"" + "x".repeat(200_000) + "\":1,\"series\":[]}", 400),
                new Bad("POST", PREDICT, type("application/json"), brokenUtf8, 400),
                new Bad("POST", PREDICT, type("application/json"), new byte[] {0, 1, 2, 3}, 400),
                new Bad(
                        "POST",
                        PREDICT,
                        type("application/json"),
                        "{\"series\":[]}".getBytes(java.nio.charset.StandardCharsets.UTF_16),
                        400),
                new Bad("POST", PREDICT, gzip("application/json"), json("{\"series\":[]}"), 400),
                new Bad(
                        "POST",
                        PREDICT,
                        gzip("application/json"),
                        truncated(gzipped(json("{\"series\":[" + SERIES + "]}"))),
                        400),
                new Bad("POST", PREDICT, gzip("application/json"), gzipped(json("{" + " ".repeat(300 << 20))), 413));
    }

    private static List<Bad> wrongFields() {
        String data = "\"data\":{\"series\":[" + SERIES + "]}";
        return List.of(
                post(PREDICT, "{}", 400),
                post(PREDICT, "{\"horizon\":3}", 400),
                post(PREDICT, "{\"series\":null}", 400),
                post(PREDICT, "{\"series\":{}}", 400),
                post(PREDICT, "{\"series\":\"a\"}", 400),
                post(PREDICT, "{\"series\":[1]}", 400),
                post(PREDICT, predict("\"horizon\":0"), 400),
                post(PREDICT, predict("\"horizon\":-5"), 400),
                post(PREDICT, predict("\"horizon\":1.5"), 400),
                post(PREDICT, predict("\"horizon\":\"12\""), 400),
                post(PREDICT, predict("\"horizon\":99999999999999999999"), 400),
                post(PREDICT, predict("\"horizon\":1000000000"), 422),
                post(PREDICT, predict("\"horizont\":3"), 400),
                post(PREDICT, predict("\"quantiles\":[0]"), 400),
                post(PREDICT, predict("\"quantiles\":[1.0]"), 400),
                post(PREDICT, predict("\"quantiles\":[\"0.1\"]"), 400),
                post(PREDICT, predict("\"quantiles\":[null]"), 400),
                post(PREDICT, predict("\"quantiles\":0.5"), 400),
                post(BACKTEST, predict("\"windows\":0"), 400),
                post(BACKTEST, predict("\"stride\":-1"), 400),
                post(TRAIN, "{" + data + "}", 400),
                post(TRAIN, "{\"forecast\":{\"horizon\":3}}", 400),
                post(TRAIN, "{" + data + ",\"forecast\":{\"horizon\":-3}}", 400),
                post(TRAIN, "{" + data + ",\"forecast\":{\"horizon\":3,\"loss\":\"absolute\"}}", 400),
                post(TRAIN, "{" + data + ",\"forecast\":{\"horizon\":3},\"network\":{\"units\":0}}", 400),
                post(TRAIN, "{" + data + ",\"forecast\":{\"horizon\":3},\"network\":{\"cell\":\"transformer\"}}", 400),
                post(TRAIN, "{" + data + ",\"forecast\":{\"horizon\":3},\"network\":{\"embedding\":5}}", 422),
                post(TRAIN, "{" + data + ",\"forecast\":{\"horizon\":3},\"training\":{\"learning_rate\":-1}}", 400),
                post(
                        TRAIN,
                        "{" + data + ",\"forecast\":{\"horizon\":3},\"training\":{\"max_duration\":\"soon\"}}",
                        400),
                post(TRAIN, "{" + data + ",\"forecast\":{\"horizon\":3},\"training\":{\"seed\":0.5}}", 400),
                post(TRAIN, "{" + data + ",\"forecast\":{\"horizon\":3},\"promote\":\"maybe\"}", 400),
                post(TRAIN, "{" + data + ",\"forecast\":{\"horizon\":3},\"task\":\"classify\"}", 400),
                post(TRAIN, "{" + data + ",\"forecast\":{\"horizon\":300}}", 422));
    }

    private static List<Bad> impossibleSeries() {
        return List.of(
                post(PREDICT, series("\"target\":[]"), 422),
                post(PREDICT, series("\"target\":[null,null]"), 422),
                post(PREDICT, series("\"target\":[1e400]"), 422),
                post(PREDICT, series("\"target\":[\"Infinity\"]"), 422),
                post(PREDICT, series("\"target\":[1,\"two\"]"), 400),
                post(PREDICT, series("\"target\":[true]"), 400),
                post(PREDICT, series("\"target\":[[1]]"), 400),
                post(PREDICT, series("\"target\":[1],\"freq\":\"fortnight\",\"start\":\"2020-01-01\""), 400),
                post(PREDICT, series("\"target\":[1],\"freq\":\"D\",\"start\":\"yesterday\""), 400),
                post(
                        PREDICT,
                        series("\"target\":[1],\"freq\":\"D\",\"start\":\"2020-01-01\",\"zone\":\"Mars/Base\""),
                        400),
                post(PREDICT, series("\"target\":[1],\"start\":\"2020-01-01\""), 422),
                post(
                        PREDICT,
                        series("\"target\":[1,2],\"freq\":\"D\",\"timestamps\":[\"2020-01-02\",\"2020-01-01\"]"),
                        422),
                post(
                        PREDICT,
                        series("\"target\":[1,2],\"freq\":\"D\",\"timestamps\":[\"2020-01-01\",\"2020-01-01\"]"),
                        422),
                post(
                        PREDICT,
                        series("\"target\":[1,2],\"freq\":\"W\",\"timestamps\":[\"2020-01-01\",\"2020-01-03\"]"),
                        422),
                post(
                        PREDICT,
                        series("\"target\":[1,2],\"freq\":\"s\",\"timestamps\":[\"0001-01-01\",\"9999-01-01\"]"),
                        422),
                post(PREDICT, series("\"target\":[1,2],\"past\":{\"x\":[1]}"), 422),
                post(PREDICT, "{\"series\":[" + SERIES + "," + SERIES + "]}", 422));
    }

    private static List<Bad> wrongFormats() {
        return List.of(
                new Bad("POST", PREDICT, Map.of(), json("{}"), 415),
                new Bad("POST", PREDICT, type("application/xml"), json("<a/>"), 415),
                new Bad("POST", PREDICT, type("not a type"), json("{}"), 415),
                new Bad(
                        "POST",
                        PREDICT,
                        Map.of("Content-Type", "application/json", "Content-Encoding", "br"),
                        json("{}"),
                        415),
                new Bad(
                        "POST",
                        PREDICT,
                        Map.of("Content-Type", "application/json", "Accept", "image/png"),
                        json(predict("\"horizon\":3")),
                        406),
                csv("", 400),
                csv("a,b,c\n1,2,3\n", 400),
                csv("item_id,timestamp,target\nx,2020-01-01\n", 400),
                csv("item_id,timestamp,target\nx,2020-01-01,1,2\n", 400),
                csv("item_id,timestamp,target\nx,2020-01-01,one\n", 400),
                csv("item_id,timestamp,target\nx,2020-99-01,1\n", 400),
                csv("item_id,timestamp,target\nx,2020-01-02,1\nx,2020-01-01,1\n", 422),
                csv("item_id,timestamp,target\nx,2020-01-01,inf\n", 422),
                new Bad(
                        "POST",
                        PREDICT + "?horizon=x",
                        type("text/csv"),
                        json("timestamp,target\n2020-01-01,1\n"),
                        400),
                new Bad(
                        "POST",
                        PREDICT + "?colour=red",
                        type("text/csv"),
                        json("timestamp,target\n2020-01-01,1\n"),
                        400),
                new Bad("POST", PREDICT, type("application/x-ndjson"), json(SERIES + "\nnonsense\n"), 400),
                new Bad("POST", TRAIN, type("multipart/form-data"), json("x"), 400),
                new Bad(
                        "POST",
                        TRAIN,
                        type("multipart/form-data; boundary=b"),
                        json("--b\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nx\r\n--b--\r\n"),
                        400));
    }

    private static List<Bad> wrongAddresses() {
        return List.of(
                new Bad("GET", "/nowhere", Map.of(), new byte[0], 404),
                new Bad("GET", "/api/v1/nowhere", Map.of(), new byte[0], 404),
                new Bad("DELETE", PREDICT, Map.of(), new byte[0], 405),
                new Bad("GET", "/api/v1/models/absent", Map.of(), new byte[0], 404),
                new Bad("GET", "/api/v1/models/Not%20A%20Name", Map.of(), new byte[0], 400),
                new Bad("GET", "/api/v1/models/" + "a".repeat(64), Map.of(), new byte[0], 400),
                new Bad("GET", "/api/v1/models/known/versions/99", Map.of(), new byte[0], 404),
                new Bad("GET", "/api/v1/models/known/versions/one", Map.of(), new byte[0], 400),
                new Bad("GET", "/api/v1/models?limit=0", Map.of(), new byte[0], 400),
                new Bad("GET", "/api/v1/models?limit=many", Map.of(), new byte[0], 400),
                new Bad("GET", "/api/v1/models?cursor=%21", Map.of(), new byte[0], 400),
                new Bad("GET", "/api/v1/jobs/none", Map.of(), new byte[0], 404),
                new Bad("GET", "/api/v1/jobs?state=lost", Map.of(), new byte[0], 400),
                new Bad("POST", "/api/v1/jobs/none/cancel", Map.of(), new byte[0], 404),
                post("/api/v1/models/absent/predict", predict("\"horizon\":3"), 404),
                post("/api/v1/models/known:7/predict", predict("\"horizon\":3"), 404),
                post("/api/v1/models/known@candidate/predict", predict("\"horizon\":3"), 404),
                post("/api/v1/models/known:x/predict", predict("\"horizon\":3"), 400),
                post("/api/v1/models/UPPER/train", "{}", 400),
                new Bad(
                        "PUT",
                        "/api/v1/models/known/aliases/latest",
                        type("application/json"),
                        json("{\"version\":1}"),
                        422),
                new Bad(
                        "PUT",
                        "/api/v1/models/known/aliases/7",
                        type("application/json"),
                        json("{\"version\":1}"),
                        400),
                new Bad(
                        "PUT",
                        "/api/v1/models/known/aliases/blue",
                        type("application/json"),
                        json("{\"version\":9}"),
                        404));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void isAnsweredWithAProblem(Bad bad) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(service.address() + bad.path()))
                .method(bad.method(), HttpRequest.BodyPublishers.ofByteArray(bad.body()));
        bad.headers().forEach(request::header);

        HttpResponse<String> answer = service.send(request.build());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(bad.status());
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.get("status").asInt()).isEqualTo(bad.status());
        assertThat(problem.get("type").asString()).startsWith("/problems/");
        assertThat(problem.get("detail").asString()).isNotBlank().hasSizeLessThan(2_000);
        assertThat(answer.body())
                .doesNotContain("io.foretide", "java.", "tools.jackson", "springframework", "Exception", "\tat ");
    }

    @Test
    void serviceIsUnharmedAfterwards() throws Exception {
        HttpResponse<String> answer = service.send(HttpRequest.newBuilder(URI.create(service.address() + PREDICT))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(predict("\"horizon\":3")))
                .build());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static Bad post(String path, String body, int status) {
        return new Bad("POST", path, type("application/json"), json(body), status);
    }

    private static Bad csv(String body, int status) {
        return new Bad("POST", PREDICT + "?freq=D", type("text/csv"), json(body), status);
    }

    private static String predict(String field) {
        return "{" + field + ",\"series\":[" + SERIES + "]}";
    }

    private static String series(String fields) {
        return "{\"series\":[{" + fields + "}]}";
    }

    private static Map<String, String> type(String type) {
        return Map.of("Content-Type", type);
    }

    private static Map<String, String> gzip(String type) {
        return Map.of("Content-Type", type, "Content-Encoding", "gzip");
    }

    private static byte[] json(String text) {
        return text.getBytes(UTF_8);
    }

    private static byte[] truncated(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length / 2);
    }

    private static byte[] gzipped(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
