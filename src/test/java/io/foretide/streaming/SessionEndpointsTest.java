package io.foretide.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sessions for clients without a WebSocket. */
@StreamServer
class SessionEndpointsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @LocalServerPort
    int port;

    @Autowired
    FakeSessions sessions;

    private HttpResponse<String> send(String method, String path, String token, String body) {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/sessions" + path))
                    .header("Content-Type", "application/json")
                    .method(
                            method,
                            body.isEmpty()
                                    ? BodyPublishers.noBody()
                                    : BodyPublishers.ofString(body.replace('\'', '"')));
            if (!token.isEmpty()) {
                request.header("Foretide-Session-Token", token);
            }
            return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode ok(String method, String path, String body) {
        String session = path.split("/")[1];
        var answer = send(method, path, "token-of-" + session, body);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return JSON.readTree(answer.body());
    }

    private static void isProblem(HttpResponse<String> answer, int status, String slug) {
        assertThat(answer.body()).contains("\"type\":\"/problems/" + slug + "\"");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void opensObservesForecastsAndCloses() {
        var opened = send("POST", "", "", "{'session':'h1','model':'air'}");
        JsonNode observed = ok("POST", "/h1/observations", "{'seq':1,'value':5}");
        JsonNode forecast = ok("POST", "/h1/forecast", "{'horizon':2}");
        JsonNode shown = ok("GET", "/h1", "");
        JsonNode closed = ok("DELETE", "/h1", "");

        assertThat(opened.statusCode()).isEqualTo(201);
        assertThat(opened.headers().firstValue("Location")).contains("/api/v1/sessions/h1");
        assertThat(JSON.readTree(opened.body()).path("token").asString()).isEqualTo("token-of-h1");
        assertThat(observed.path("mean").toString()).isEqualTo("[5.0]");
        assertThat(forecast.path("mean").toString()).isEqualTo("[5.0,5.0]");
        assertThat(shown.path("seq").intValue()).isEqualTo(1);
        assertThat(closed.path("reason").asString()).isEqualTo("closed");
        isProblem(send("GET", "/h1", "token-of-h1", ""), 403, "invalid-token");
    }

    @Test
    void answersAListWithAnEntryEach() {
        send("POST", "", "", "{'session':'h2','model':'air'}");

        JsonNode answer =
                ok("POST", "/h2/observations", "[{'seq':1,'value':5},{'seq':2,'value':6},{'seq':2,'value':6}]");

        assertThat(answer.path("answers")
                        .valueStream()
                        .map(one -> one.path("type").asString()))
                .containsExactly("forecast", "forecast", "ack");
    }

    @Test
    void answersALongListWithItsLastForecasts() {
        send("POST", "", "", "{'session':'h9','model':'air','horizon':500}");
        String list = IntStream.rangeClosed(1, 200)
                .mapToObj("{'seq':%d,'value':5}"::formatted)
                .collect(Collectors.joining(",", "[", "]"));

        JsonNode answer = ok("POST", "/h9/observations", list);

        assertThat(answer.path("answers").size()).isBetween(1, 20);
        assertThat(answer.at("/answers")
                        .valueStream()
                        .toList()
                        .getLast()
                        .path("seq")
                        .intValue())
                .isEqualTo(200);
        assertThat(answer.at("/warnings/0/code").asString()).isEqualTo("coalesced");
    }

    @Test
    void forksAndRestores() {
        send("POST", "", "", "{'session':'h3','model':'air'}");
        ok("POST", "/h3/observations", "[{'seq':1,'value':5},{'seq':2,'value':6}]");

        JsonNode forked = ok("POST", "/h3/fork", "{'new_session':'h4'}");
        JsonNode unnamed = ok("POST", "/h3/fork", "");
        String state = ok("GET", "/h3/state", "").path("state").asString();
        JsonNode restored = ok("PUT", "/h4/state", "{'state':'" + state + "'}");

        assertThat(forked.path("new_session").asString()).isEqualTo("h4");
        assertThat(unnamed.path("new_session").asString()).startsWith("s");
        assertThat(restored.path("seq").intValue()).isEqualTo(2);
    }

    @Test
    void doesNotTakeASessionFromItsConnection() {
        try (SocketClient client = SocketClient.connect(port)) {
            client.ask("{'type':'session.open','session':'h5','model':'air'}");

            ok("POST", "/h5/observations", "{'seq':1,'value':5}");
            JsonNode next = client.ask("{'type':'observe','session':'h5','seq':2,'value':6}");

            assertThat(next.path("type").asString()).isEqualTo("forecast");
        }
    }

    @Test
    void answersProblemsAsProblems() {
        send("POST", "", "", "{'session':'h6','model':'air'}");
        String token = "token-of-h6";

        isProblem(send("POST", "", "", "{'session':'h6','model':'air'}"), 409, "session-exists");
        isProblem(send("POST", "", "", "{'model':'air','colour':1}"), 400, "invalid-request");
        isProblem(send("POST", "", "", "{'model':'air','type':'session.open'}"), 400, "invalid-request");
        isProblem(send("POST", "", "", "{"), 400, "malformed-body");
        isProblem(send("GET", "/h6", "", ""), 403, "invalid-token");
        isProblem(send("GET", "/h6", "forged", ""), 403, "invalid-token");
        isProblem(send("GET", "/h7", token, ""), 403, "invalid-token");
        isProblem(send("POST", "/h6/observations", token, "{'seq':9,'value':1}"), 409, "unexpected-count");
        isProblem(send("POST", "/h6/observations", token, "[]"), 400, "invalid-request");
        isProblem(send("POST", "/h6/observations", token, "[3]"), 400, "invalid-request");
        isProblem(
                send("POST", "/h6/observations", token, "{'session':'h6','seq':1,'value':1}"), 400, "invalid-request");
        isProblem(send("POST", "/h6/observations", token, "3"), 400, "invalid-request");
        isProblem(send("POST", "/h6/observations", token, "x"), 400, "malformed-body");
        isProblem(send("POST", "/h6/observations", token, " ".repeat(40_000)), 413, "message-too-large");
        isProblem(send("POST", "/h6/forecast", token, "{'horizon':0}"), 400, "invalid-request");
        isProblem(send("POST", "/h6/fork", token, "{'new_session':'/'}"), 400, "invalid-request");
        isProblem(send("PUT", "/h6/state", token, "{}"), 400, "invalid-request");
    }

    @Test
    void leavesNothingBehind() {
        long before = exchanges();

        send("POST", "", "", "{'session':'h8','model':'air'}");
        ok("GET", "/h8", "");

        await().until(() -> exchanges() == before + 2);
        assertThat(sessions.isOwned("h8")).isFalse();
    }

    private long exchanges() {
        return sessions.gone.stream().filter(Exchange.class::isInstance).count();
    }
}
