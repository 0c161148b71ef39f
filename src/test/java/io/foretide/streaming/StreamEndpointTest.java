package io.foretide.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foretide.http.testing.Client;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.MethodMode;
import tools.jackson.databind.JsonNode;

/** The WebSocket on a real server. */
@StreamServer
class StreamEndpointTest {
    static final String UPGRADE = "GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\n"
            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";

    @LocalServerPort
    int port;

    @Autowired
    FakeSessions sessions;

    @Autowired
    Connections connections;

    @Autowired
    MeterRegistry meters;

    SocketClient client;

    @BeforeEach
    void connect() {
        client = SocketClient.connect(port);
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void answersEachObservationWithAForecastAndItsScore() {
        JsonNode opened = client.ask("{'type':'session.open','event_id':'e','model':'air'}");
        String session = opened.path("session").asString();

        JsonNode first = client.ask("{'type':'observe','session':'" + session + "','seq':1,'value':5}");
        JsonNode second = client.ask("{'type':'observe','session':'" + session + "','seq':2,'value':7.5}");

        assertThat(opened.path("type").asString()).isEqualTo("session.opened");
        assertThat(opened.path("event_id").asString()).isEqualTo("e");
        assertThat(opened.at("/limits/message_size").intValue()).isEqualTo(32 << 10);
        assertThat(first.path("mean").toString()).isEqualTo("[5.0]");
        assertThat(first.has("scored")).isFalse();
        assertThat(second.at("/scored/error").doubleValue()).isEqualTo(2.5);
        assertThat(client.subprotocol()).isEqualTo("foretide.v1");
    }

    @Test
    void answersAFrameOfManyObservationsWithOne() {
        client.ask("{'type':'session.open','session':'m1','model':'air'}");
        client.ask("{'type':'session.open','session':'m2','model':'air','emit':'none'}");

        JsonNode answer = client.ask(
                "{'type':'observe.many','event_id':'e','points':[['m1',1,5],['m2',1,null],['nowhere',1,1]]}");

        assertThat(answer.path("type").asString()).isEqualTo("forecast.many");
        assertThat(answer.at("/forecasts/0/mean/0").doubleValue()).isEqualTo(5);
        assertThat(answer.at("/forecasts/1/session").asString()).isEqualTo("m2");
        assertThat(answer.at("/errors/0/error/type").asString()).isEqualTo("/problems/unknown-session");
    }

    @Test
    void answersAreWholeHoweverLongTheyAre() {
        client.ask("{'type':'session.open','session':'l','model':'air','horizon':1000}");

        JsonNode answer = client.send("{'type':'observe','session':'l','seq':1,'value':123456.7891}")
                .send("{'type':'ping'}")
                .next();

        assertThat(answer.toString().length()).isGreaterThan(16 << 10);
        assertThat(answer.path("mean").size()).isEqualTo(1000);
        assertThat(answer.at("/quantiles/0.5/999").doubleValue()).isEqualTo(123456.7891);
        assertThat(client.next().path("type").asString()).isEqualTo("pong");
    }

    @Test
    void goesOnAfterProblems() {
        client.send("garbage").nextError("malformed-body");
        client.send("{'type':'nonsense','session':'x','event_id':'e'}").nextError("invalid-request");
        client.send("{'type':'observe','session':'nowhere','seq':1,'value':1}").nextError("unknown-session");
        client.sendBinary(new byte[40_000]);
        client.nextError("binary-message");

        JsonNode pong = client.ask("{'type':'ping','event_id':'p'}");

        assertThat(pong.toString()).isEqualTo("{\"type\":\"pong\",\"event_id\":\"p\"}");
    }

    @Test
    void tellsAReferenceOfWhatFailsAndGoesOn() {
        JsonNode error = client.send("{'type':'observe','event_id':'e','session':'broken','seq':1,'value':1}")
                .nextError("internal-error");

        assertThat(error.path("event_id").asString()).isEqualTo("e");
        assertThat(error.path("session").asString()).isEqualTo("broken");
        assertThat(error.path("fatal").booleanValue()).isFalse();
        assertThat(error.at("/error/reference").asString()).isNotBlank();
        assertThat(client.ask("{'type':'ping'}").path("type").asString()).isEqualTo("pong");
    }

    @Test
    void refusesMoreSessionsThanAConnectionMayHave() {
        for (int i = 0; i < FakeSessions.MOST_OF_A_CONNECTION; i++) {
            client.ask("{'type':'session.open','model':'air'}");
        }

        client.send("{'type':'session.open','model':'air'}").nextError("too-many-sessions");
    }

    @Test
    void takesAMessageInPieces() {
        client.sendPieces(List.of("{\"type\":\"pi", "", "ng\",\"event_id\":\"ü", "€\"}"));

        assertThat(client.next().path("event_id").asString()).isEqualTo("ü€");
    }

    @Test
    void takesAMessageOfTheLargestSize() {
        String blanks = " ".repeat((32 << 10) - 15);

        assertThat(client.ask("{'type':'ping'}" + blanks).path("type").asString())
                .isEqualTo("pong");
    }

    @ParameterizedTest
    @ValueSource(ints = {(32 << 10) + 1, 1 << 20})
    void endsTheConnectionAfterALargerOne(int size) {
        client.trySend("x".repeat(size));

        JsonNode error = client.nextError("message-too-large");
        assertThat(error.path("fatal").booleanValue()).isTrue();
        assertThat(client.closeCode()).isEqualTo(1009);
    }

    @Test
    void refusesMessagesThatComeTooFastAndThenGoesOn() {
        Set<String> answered = new HashSet<>();
        for (int batch = 0; batch < 100 && !answered.contains("error"); batch++) {
            IntStream.range(0, 500).forEach(i -> client.send("{'type':'ping'}"));
            IntStream.range(0, 500)
                    .mapToObj(i -> client.next().path("type").asString())
                    .forEach(answered::add);
        }
        assertThat(answered).containsExactlyInAnyOrder("pong", "error");

        String type = "error";
        for (int i = 0; i < 1_000_000 && type.equals("error"); i++) {
            type = client.ask("{'type':'ping'}").path("type").asString();
        }
        assertThat(type).isEqualTo("pong");
    }

    @Test
    void givesUpAClientThatDoesNotReadWhileOthersGoOn() throws Exception {
        try (SocketClient deaf = SocketClient.deaf(port)) {
            deaf.send("{'type':'session.open','session':'deaf','model':'air','horizon':500}");
            await().until(() -> sessions.isOwned("deaf"));
            String ask = "{\"type\":\"forecast\",\"session\":\"deaf\"}";
            for (int sent = 0; sent < 500_000 && sessions.isOwned("deaf"); sent++) {
                if (deaf.trySend(ask).handle((_, failure) -> failure).get(20, TimeUnit.SECONDS) != null) {
                    break;
                }
                if (sent % 1000 == 0) {
                    assertThat(client.ask("{'type':'ping'}").path("type").asString())
                            .isEqualTo("pong");
                }
            }

            await().until(() -> !sessions.isOwned("deaf"));
        }
    }

    @Test
    @DirtiesContext(methodMode = MethodMode.AFTER_METHOD) // nobody can connect any more
    void saysThatItEndsAndEndsConnections() throws Exception {
        client.ask("{'type':'ping'}");

        connections.refuse();
        connections.announce(new ServerMessage.Draining(Instant.parse("2026-01-02T03:04:05Z")));
        var ended = CompletableFuture.runAsync(() -> endAll(Duration.ofDays(1)));

        ended.orTimeout(20, TimeUnit.SECONDS).join(); // few connections do not take all the time that many may
        assertThat(client.next().path("type").asString()).isEqualTo("draining");
        assertThat(client.closeCode()).isEqualTo(1001);
        assertThat(begin(UPGRADE + "\r\n"))
                .startsWith("HTTP/1.1 503")
                .contains("/problems/draining")
                .contains("Retry-After: 1");
    }

    private void endAll(Duration most) {
        try {
            connections.endAll(most);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void servesTheClientForBrowsers() {
        var answer = new Client(port).get("/foretide.js");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/javascript");
        assertThat(answer.body()).contains("export function connect");
    }

    @Test
    void tellsTheFirstConnectionWhenAnotherTakesItsSessionOver() {
        client.ask("{'type':'session.open','session':'taken','model':'air'}");
        client.ask("{'type':'observe','session':'taken','seq':1,'value':1}");
        try (SocketClient other = SocketClient.connect(port)) {
            other.send("{'type':'observe','session':'taken','seq':2,'value':1}").nextError("session-elsewhere");
            other.send("{'type':'session.resume','token':'forged'}").nextError("invalid-token");

            JsonNode resumed = other.ask("{'type':'session.resume','token':'token-of-taken'}");

            assertThat(resumed.path("seq").longValue()).isEqualTo(1);
            JsonNode closed = client.next();
            assertThat(closed.path("type").asString()).isEqualTo("session.closed");
            assertThat(closed.path("reason").asString()).isEqualTo("taken_over");
        }
    }

    @Test
    void asksForAWebSocketAndAProtocolThatItKnows() {
        new Client(port).get("/api/v1/stream").isProblem(400, "bad-request");
        String end = "\r\n";

        assertThat(begin(UPGRADE + "Sec-WebSocket-Protocol: mqtt" + end + end))
                .startsWith("HTTP/1.1 400")
                .contains("/problems/unsupported-protocol");
        assertThat(begin(UPGRADE + "Sec-WebSocket-Protocol: mqtt, foretide.v1" + end + end))
                .startsWith("HTTP/1.1 101")
                .containsIgnoringCase("Sec-WebSocket-Protocol: foretide.v1");
        assertThat(begin(UPGRADE + "Sec-WebSocket-Extensions: permessage-deflate" + end + end))
                .startsWith("HTTP/1.1 101")
                .doesNotContainIgnoringCase("Sec-WebSocket-Extensions");
        assertThat(begin(UPGRADE + "Origin: https://elsewhere.example" + end + end))
                .startsWith("HTTP/1.1 403")
                .contains("/problems/cross-site");
        assertThat(begin(UPGRADE + "Origin: http://127.0.0.1" + end + end)).startsWith("HTTP/1.1 101");
    }

    /** What comes back until the server has nothing more to say to a client that sends nonsense, and so is cut off. */
    private String begin(String request) {
        return new Client(port).rawAndEnd(request);
    }

    @Test
    void countsMessages() {
        double before = received("ping");

        client.ask("{'type':'ping'}");

        assertThat(received("ping")).isEqualTo(before + 1);
        assertThat(meters.get("foretide.stream.connections").gauge().value()).isPositive();
    }

    private double received(String type) {
        return meters.get("foretide.stream.messages")
                .tags("direction", "in", "type", type)
                .counter()
                .count();
    }
}
