package io.foretide;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.testing.Node;
import io.foretide.testing.RunningService;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Clients, the wire, sessions, a trained network and the database, all together. */
class LifeOfASessionTest {
    private static final String SESSIONS = "/api/v1/sessions";

    private static HttpResponse<String> send(
            RunningService service, String method, String path, String token, String body) throws Exception {
        return service.send(HttpRequest.newBuilder(URI.create(service.address() + path))
                .header("Content-Type", "application/json")
                .header("Foretide-Session-Token", token)
                .method(method, BodyPublishers.ofString(body))
                .build());
    }

    private static JsonNode ok(RunningService service, String method, String path, String token, String body)
            throws Exception {
        var answer = send(service, method, SESSIONS + path, token, body);
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isBetween(200, 201);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static void train(RunningService service) throws Exception {
        String rows = Files.readString(Path.of("examples/air-passengers.csv"));
        service.finished(service.send(HttpRequest.newBuilder(
                        URI.create(service.address() + "/api/v1/models/air/train?horizon=12&freq=M&seed=7&epochs=2"))
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString(rows))
                .build()));
    }

    @Test
    void theClientFindsAllThatSessionsPromise(@TempDir Path folder) throws Exception {
        try (var service = RunningService.start(folder)) {
            train(service);

            Node.passes(
                    "service.test.js",
                    Map.of("FORETIDE_URL", service.address().replace("http", "ws") + "/api/v1/stream"));
        }
    }

    @Test
    void requestsDoAllThatMessagesDo(@TempDir Path folder) throws Exception {
        try (var service = RunningService.start(folder)) {
            train(service);

            String token = ok(service, "POST", "", "", "{\"session\":\"a\",\"model\":\"air\"}")
                    .path("token")
                    .asString();
            JsonNode first = ok(service, "POST", "/a/observations", token, "{\"seq\":1,\"value\":449}");
            JsonNode more = ok(
                    service,
                    "POST",
                    "/a/observations",
                    token,
                    "[{\"seq\":1,\"value\":449},{\"seq\":2,\"value\":455},{\"seq\":3,\"value\":null}]");
            JsonNode forked = ok(service, "POST", "/a/fork", token, "{\"new_session\":\"b\"}");
            JsonNode snapshot = ok(service, "GET", "/a/state", token, "");
            JsonNode forecast = ok(service, "POST", "/a/forecast", token, "{\"horizon\":2}");
            JsonNode restored = ok(
                    service,
                    "PUT",
                    "/a/state",
                    token,
                    "{\"state\":\"" + snapshot.path("state").asString() + "\"}");
            JsonNode shown = ok(service, "GET", "/b", forked.path("token").asString(), "");
            JsonNode closed = ok(service, "DELETE", "/a", token, "");

            assertThat(first.path("mean").size()).isEqualTo(12);
            assertThat(more.path("answers").size()).isEqualTo(3);
            assertThat(forked.path("seq").intValue()).isEqualTo(3);
            assertThat(forecast.path("mean").size()).isEqualTo(2);
            assertThat(restored.path("seq").intValue()).isEqualTo(3);
            assertThat(shown.path("seq").intValue()).isEqualTo(3);
            assertThat(closed.path("reason").asString()).isEqualTo("closed");

            assertThat(send(service, "GET", "/actuator/prometheus", "", "").body())
                    .contains("foretide_sessions_opened_total 2.0");
        }
    }
}
