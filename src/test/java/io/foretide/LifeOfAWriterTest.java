package io.foretide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.foretide.testing.RunningService;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Text that is continued, through the whole service: from a text over a job and a version to continuations. */
class LifeOfAWriterTest {
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain";
    private static final String VERSE = "the cat sat on the mat and the dog lay by the door. ";

    private static RunningService service;

    @BeforeAll
    static void trainsAVersion(@TempDir Path folder) throws Exception {
        service = RunningService.start(folder);
        service.finished(post(
                "/api/v1/models/verse/train?task=generate&units=16&epochs=3&seed=7&validation_split=0.2",
                TEXT,
                JSON,
                VERSE.repeat(60)));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void theRecordTellsHowTheVersionCameAbout() throws Exception {
        JsonNode version = service.get("/api/v1/models/verse/versions/1");

        assertThat(version.path("task").asString()).isEqualTo("generate");
        assertThat(version.path("aliases").toString()).contains("champion");
        assertThat(version.at("/settings/network/units").asInt()).isEqualTo(16);
        assertThat(version.at("/data/characters").asInt()).isEqualTo(60 * VERSE.length());
        assertThat(version.path("losses").size()).isPositive();
    }

    @Test
    void continuesAPromptTheSameForTheSameSeed() throws Exception {
        String prompt = "{\"prompt\":\"the cat \",\"max_tokens\":20,\"temperature\":0.5,\"seed\":3}";

        JsonNode once = service.post("/api/v1/models/verse/predict", prompt);
        JsonNode again = service.post("/api/v1/models/verse/predict", prompt);

        assertThat(once.path("task").asString()).isEqualTo("generate");
        assertThat(once.path("text").asString()).isNotEmpty();
        assertThat(once.path("finish_reason").asString()).isEqualTo("length");
        assertThat(once.at("/tokens/completion").asInt()).isEqualTo(20);
        assertThat(once.at("/tokens/prompt").asInt()).isEqualTo(8);
        assertThat(again).isEqualTo(once);
    }

    @Test
    void aSessionContinuesWhatItHasRead() throws Exception {
        String prompt = "{\"prompt\":\"the cat \",\"max_tokens\":20,\"temperature\":0.5,\"seed\":3}";
        JsonNode predicted = service.post("/api/v1/models/verse/predict", prompt);

        String token = ofSession("", "", "{\"session\":\"tale\",\"model\":\"verse\"}")
                .path("token")
                .asString();
        JsonNode read =
                ofSession("/tale/observations", token, "[{\"seq\":1,\"text\":\"the c\"},{\"seq\":2,\"text\":\"at \"}]");
        JsonNode said =
                ofSession("/tale/generate", token, "{\"seq\":3,\"max_tokens\":20,\"temperature\":0.5,\"seed\":3}");
        JsonNode more = ofSession("/tale/generate", token, "{\"max_tokens\":1}");

        assertThat(read.at("/answers/1/type").asString()).isEqualTo("ack");
        assertThat(said.path("text")).isEqualTo(predicted.path("text"));
        assertThat(said.path("tokens")).isEqualTo(predicted.path("tokens"));
        assertThat(said.path("durable_seq").asInt()).isEqualTo(3);
        assertThat(more.at("/tokens/prompt").asInt()).isEqualTo(28);
    }

    private static JsonNode ofSession(String path, String token, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(service.address() + "/api/v1/sessions" + path))
                .header("Content-Type", JSON)
                .header("Foretide-Session-Token", token)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = service.send(request);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return tools.jackson.databind.json.JsonMapper.shared().readTree(answer.body());
    }

    @Test
    void tellsEachTokenAsAnEvent() throws Exception {
        String prompt = "{\"prompt\":\"the cat \",\"max_tokens\":20,\"temperature\":0.5,\"seed\":3}";
        String whole = service.post("/api/v1/models/verse/predict", prompt)
                .path("text")
                .asString();

        HttpResponse<String> events = post("/api/v1/models/verse/predict", JSON, "text/event-stream", prompt);

        assertThat(events.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        List<String> lines =
                events.body().lines().filter(line -> !line.isEmpty()).toList();
        assertThat(lines).filteredOn("event:token"::equals).hasSize(20);
        assertThat(lines.get(lines.size() - 2)).isEqualTo("event:done");
        assertThat(lines.getLast()).contains("\"finish_reason\":\"length\"").contains(json(whole));
    }

    @Test
    void tellsHowLikelyEachTokenWas() throws Exception {
        String prompt = "{\"prompt\":\"the cat \",\"max_tokens\":20,\"seed\":3,\"log_probabilities\":true}";

        JsonNode answer = service.post("/api/v1/models/verse/predict", prompt);
        HttpResponse<String> events = post("/api/v1/models/verse/predict", JSON, "text/event-stream", prompt);

        JsonNode tokens = answer.path("log_probabilities");
        assertThat(tokens.size()).isEqualTo(20);
        assertThat(tokens).allMatch(token -> token.path("log_probability").asDouble() < 0);
        assertThat(events.body())
                .contains("\"log_probability\":" + tokens.path(0).path("log_probability"));
    }

    @Test
    void manyAtATimeAreWrittenAsEachAlone() throws Exception {
        List<String> prompts = IntStream.range(0, 24)
                .mapToObj(i -> "{\"prompt\":\"%s\",\"max_tokens\":%d,\"seed\":%d}"
                        .formatted("the cat ".repeat(i % 5), 20 + 10 * i, i))
                .toList();
        List<JsonNode> alone = new ArrayList<>();
        for (String prompt : prompts) {
            alone.add(service.post("/api/v1/models/verse/predict", prompt));
        }

        List<JsonNode> together = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<JsonNode>> requests = prompts.stream()
                    .<Callable<JsonNode>>map(prompt -> () -> service.post("/api/v1/models/verse/predict", prompt))
                    .toList();
            for (Future<JsonNode> one : threads.invokeAll(requests)) {
                together.add(one.get());
            }
        }

        assertThat(together).isEqualTo(alone);
    }

    private static String json(String text) {
        return tools.jackson.databind.json.JsonMapper.builder().build().writeValueAsString(text);
    }

    @Test
    void endsAnAnswerWhoseClientHasGone() throws Exception {
        service.finished(post(
                "/api/v1/models/saga/train?task=generate&units=512&layers=2&epochs=1&validation_split=0",
                TEXT,
                JSON,
                VERSE.repeat(8)));
        String prompt = "{\"prompt\":\"the cat \",\"max_tokens\":10000}";
        URI address = URI.create(service.address());

        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            String head = "POST /api/v1/models/saga/predict HTTP/1.1\r\nHost: x\r\nContent-Type: " + JSON;
            String request = head + "\r\nContent-Length: " + prompt.length() + "\r\n\r\n" + prompt;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        }

        Pattern written = Pattern.compile("foretide_tokens_total\\{.*\"saga\".*} (\\S+)");
        var metrics = HttpRequest.newBuilder(URI.create(service.address() + "/actuator/prometheus"))
                .build();
        double tokens = await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            Matcher found =
                                    written.matcher(service.send(metrics).body());
                            return found.find() ? Double.parseDouble(found.group(1)) : 0.0;
                        },
                        count -> count > 0);
        assertThat(tokens).isLessThan(10_000);
    }

    @Test
    void isMeasuredOnATextThatItReads() throws Exception {
        JsonNode known = service.post("/api/v1/models/verse/backtest", "{\"text\":\"" + VERSE.repeat(3) + "\"}");

        assertThat(known.path("tokens").asInt()).isEqualTo(3 * VERSE.length());
        assertThat(known.at("/overall/nats").asDouble()).isPositive();
        assertThat(known.at("/overall/perplexity").asDouble()).isGreaterThan(1);
        assertThat(known.path("seen_in_training").asBoolean()).isTrue();
    }

    @Test
    void aVersionThatIsExportedWritesTheSameElsewhere() throws Exception {
        byte[] artifact = service.download("/api/v1/models/verse/versions/1/artifact");
        String prompt = "{\"prompt\":\"the dog \",\"max_tokens\":10,\"seed\":1}";

        JsonNode imported = service.upload("/api/v1/models/copy/versions", artifact);

        assertThat(imported.path("task").asString()).isEqualTo("generate");
        assertThat(service.post("/api/v1/models/copy/predict", prompt).path("text"))
                .isEqualTo(service.post("/api/v1/models/verse/predict", prompt).path("text"));
    }

    @Test
    void aVersionOfATextThatWentOnIsComparedOnWhatTheChampionHasNotSeen() throws Exception {
        String text = IntStream.range(0, 15_000).mapToObj(i -> i + ", ").collect(Collectors.joining());
        String longer = text + "and so on. ".repeat(900);
        String train = "/api/v1/models/chronicle/train?task=generate&epochs=1&seed=7&validation_split=0.2";
        service.finished(post(train + "&units=4", TEXT, JSON, text));
        service.finished(post(train + "&units=4&promote=if_better", TEXT, JSON, longer));
        service.finished(post(train + "&start_from=chronicle:1", TEXT, JSON, longer));

        JsonNode version = service.get("/api/v1/models/chronicle/versions/2");

        int heldOut = version.at("/measures/tokens").asInt(), ofABlock = 16_384 / 5;
        assertThat(heldOut).isCloseTo(version.at("/data/characters").asInt() / 5, within(10));
        assertThat(version.at("/promotion/tokens").asInt())
                .isEqualTo(heldOut - ofABlock); // the champion's last one was longer
        assertThat(service.get("/api/v1/models/chronicle/versions/3")
                        .at("/measures/tokens")
                        .asInt())
                .isEqualTo(heldOut - ofABlock);
    }

    @Test
    void namesWhatItCannotDo() throws Exception {
        String path = "/api/v1/models/verse/predict";

        assertThat(post(path, JSON, JSON, "{\"series\":[{\"target\":[1]}]}").statusCode())
                .isEqualTo(409);
        assertThat(post(path, JSON, JSON, "{}").statusCode()).isEqualTo(400);
        assertThat(post(path, JSON, JSON, "{\"prompt\":\"a\",\"temperature\":-1}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(post(path, JSON, JSON, "{\"prompt\":\"a\",\"max_tokens\":10001}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(post(path, JSON, "text/csv", "{\"prompt\":\"a\"}").statusCode())
                .isEqualTo(406);
        assertThat(post("/api/v1/models/x/train?task=generate", TEXT, JSON, "too short")
                        .statusCode())
                .isEqualTo(422);
        assertThat(post("/api/v1/models/x/train?task=generate", "text/csv", JSON, "id,text\n1,a\n")
                        .statusCode())
                .isEqualTo(415);
        assertThat(post("/api/v1/models/x/train?horizon=3", TEXT, JSON, "a text")
                        .statusCode())
                .isEqualTo(415);
    }

    private static HttpResponse<String> post(String path, String type, String accept, String body) throws Exception {
        return service.send(HttpRequest.newBuilder(URI.create(service.address() + path))
                .header("Content-Type", type)
                .header("Accept", accept)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }
}
