package io.foretide.streaming;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.network.Predictor;
import io.foretide.series.Forecast;
import io.foretide.storage.TestDatabase;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;

/**
 * Whatever is sent over a real socket to real sessions: each mistake is a problem with a name, and the connection and all other
 * sessions go on, to the bit.
 */
@SpringBootTest(
        classes = StreamFuzzTest.WithSessions.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "foretide.sessions.max-message-size=32KB",
            "management.endpoint.health.validate-group-membership=false", // there is no database
        })
class StreamFuzzTest {
    private static final double[] VALUES = TrainedModels.values(400, 5);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    @Autowired
    SessionFixture fixture;

    @LocalServerPort
    int port;

    private final String good = "good" + NUMBERS.incrementAndGet();
    private final String prey = "prey" + NUMBERS.incrementAndGet();
    private SocketClient client;
    private String token;
    private int observed;

    /** The web layer and the wire, over sessions in a database. */
    @TestComponent // keeps the scan of the real application away
    @EnableAutoConfiguration(exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
    @ComponentScan({"io.foretide.http", "io.foretide.problem", "io.foretide.security"})
    @ConfigurationPropertiesScan({
        "io.foretide.http",
        "io.foretide.problem",
        "io.foretide.security",
        "io.foretide.streaming"
    })
    @Import({
        MessageDecoder.class,
        MessageEncoder.class,
        StreamMetrics.class,
        Outboxes.class,
        Connections.class,
        StreamController.class
    })
    static class WithSessions {
        @Bean(destroyMethod = "close")
        SessionFixture fixture() {
            var fixture = new SessionFixture(TestDatabase.inMemory());
            IntStream.of(1, 3).forEach(fixture.models::predictor); // trained before anybody waits for an answer
            return fixture;
        }

        @Bean
        SessionService sessions(SessionFixture fixture) {
            return fixture.start("max-jump=100").sessions();
        }
    }

    @BeforeEach
    void open() {
        client = SocketClient.connect(port);
        open(good);
        token = open(prey).path("token").asString();
    }

    private JsonNode open(String name) {
        return client.ask(
                "{'type':'session.open','session':'%s','model':'air:1','series':{'start':'2020-01-31','freq':'M','target':[]}}"
                        .formatted(name));
    }

    @AfterEach
    void close() {
        client.close();
    }

    /** The next observation of the session that nobody harms is answered; what else is told before that has to be in order. */
    private JsonNode observe() {
        double value = VALUES[observed++];
        client.send("{'type':'observe','session':'%s','seq':%d,'value':%s}"
                .formatted(good, observed, Double.isNaN(value) ? "null" : value));
        JsonNode answer = client.next();
        while (!(answer.path("type").asString().equals("forecast")
                && answer.path("session").asString().equals(good))) {
            requireOrderly(answer);
            answer = client.next();
        }
        assertThat(answer.path("seq").intValue()).isEqualTo(observed);
        return answer;
    }

    private void requireGoodSessionAsPredicted() {
        JsonNode answer = observe();
        double[] walked = Arrays.copyOf(VALUES, observed);
        Predictor predictor = fixture.models.predictor(1);
        Forecast predicted =
                predictor.predict(walked, 6, predictor.settings().forecast().quantiles());

        assertThat(answer.path("mean").valueStream().mapToDouble(JsonNode::doubleValue))
                .containsExactly(Arrays.stream(predicted.mean()).boxed().toArray(Double[]::new));
    }

    private void requireOrderly(JsonNode message) {
        if (message.path("type").asString().equals("error")) {
            assertThat(message.path("fatal").booleanValue())
                    .as(message.toString())
                    .isFalse();
            assertThat(message.at("/error/status").intValue())
                    .as(message.toString())
                    .isBetween(400, 499);
            assertThat(message.at("/error/type").asString()).startsWith("/problems/");
            assertThat(message.at("/error/detail").asString()).isNotBlank();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            garbage | malformed-body
            [1,2] | invalid-request
            {'type':'observe' | malformed-body
            {'type':'nonsense','session':'PREY'} | invalid-request
            {'type':'observe','session':'PREY','seq':'one','value':1} | invalid-request
            {'type':'observe','session':'PREY','seq':0,'value':1} | invalid-request
            {'type':'observe','session':'PREY','seq':1e99,'value':1} | invalid-request
            {'type':'observe','session':'PREY','seq':1,'value':'much'} | invalid-request
            {'type':'observe','session':'PREY','seq':1,'value':[1]} | invalid-request
            {'type':'observe','session':'PREY','seq':1,'value':1e400} | invalid-request
            {'type':'observe','session':7,'seq':1,'value':1} | invalid-request
            {'type':'observe','session':'PREY','seq':9,'value':1} | unexpected-count
            {'type':'observe','session':'PREY','seq':1,'value':1,'time':'2035-01-31'} | limit-exceeded
            {'type':'observe','session':'PREY','seq':1,'value':1,'time':'2020-03-05'} | invalid-request
            {'type':'observe','session':'PREY','seq':1,'value':1,'time':'soon'} | invalid-request
            {'type':'forecast','session':'PREY','horizon':1000000} | invalid-request
            {'type':'forecast','session':'PREY','quantiles':[2]} | invalid-request
            {'type':'session.rewind','session':'PREY','to_seq':77} | limit-exceeded
            {'type':'session.rewind','session':'PREY','to_seq':-1} | invalid-request
            {'type':'session.restore','session':'PREY','state':'AAEC.c2ln'} | invalid-state
            {'type':'session.restore','session':'PREY','state':'!'} | invalid-state
            {'type':'session.resume','token':'MTIz.c2ln'} | invalid-token
            {'type':'session.resume','token':''} | invalid-token
            {'type':'session.open','session':'PREY','model':'air:1'} | session-exists
            {'type':'session.open','session':'a b','model':'air:1'} | invalid-request
            {'type':'session.open','model':'water'} | unknown-model
            {'type':'session.open','model':'air:77'} | unknown-version
            {'type':'text','session':'PREY','seq':1,'text':'much'} | task-mismatch
            {'type':'classify','session':'PREY'} | task-mismatch
            {'type':'generate','session':'PREY','max_tokens':1} | task-mismatch
            {'type':'session.fork','session':'PREY','new_session':'PREY'} | session-exists
            {'type':'observe','session':'nowhere','seq':1,'value':1} | unknown-session
            {'type':'forecast','session':'nowhere'} | unknown-session
            {'type':'session.fork','session':'nowhere'} | unknown-session
            {'type':'session.rewind','session':'nowhere','to_seq':0} | unknown-session
            {'type':'session.reset','session':'nowhere'} | unknown-session
            {'type':'session.snapshot','session':'nowhere'} | unknown-session
            {'type':'session.restore','session':'nowhere','state':'AAEC.c2ln'} | unknown-session
            {'type':'session.close','session':'nowhere'} | unknown-session
            """)
    void eachMistakeIsANamedProblem(String text, String slug) {
        JsonNode error = client.send(text.replace("PREY", prey)).nextError(slug);

        requireOrderly(error);
        requireGoodSessionAsPredicted();
        JsonNode next = client.ask("{'type':'observe','session':'%s','seq':1,'value':5}".formatted(prey));
        assertThat(next.path("type").asString()).isEqualTo("forecast");
    }

    @Test
    void aBinaryMessageIsANamedProblem() {
        client.sendBinary(new byte[1000]);

        client.nextError("binary-message");
        requireGoodSessionAsPredicted();
    }

    @Test
    void aForgedTokenOrStateOfARealOneIsRefused() {
        String state = client.ask("{'type':'session.snapshot','session':'%s'}".formatted(prey))
                .path("state")
                .asString();
        for (int at = 0; at < token.length(); at++) {
            String forged = changed(token, at);
            client.send("{'type':'session.resume','token':'%s'}".formatted(forged))
                    .nextError("invalid-token");
        }
        for (int at = 0; at < state.length(); at += 37) {
            client.send("{'type':'session.restore','session':'%s','state':'%s'}".formatted(prey, changed(state, at)))
                    .nextError("invalid-state");
        }

        requireGoodSessionAsPredicted();
    }

    /** The six bits of a place turned; the last characters of base64 may have bits that mean nothing. */
    private static String changed(String text, int at) {
        char there = text.charAt(at);
        return text.substring(0, at) + (there == '.' ? '-' : there < 'a' ? 'z' : 'A') + text.substring(at + 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whateverIsSentHarmsNothingElse(long seed) {
        var random = new Random(seed);
        String state = client.ask("{'type':'session.snapshot','session':'%s'}".formatted(prey))
                .path("state")
                .asString();
        List<String> texts = SampleMessages.textsOfClients().stream()
                .map(text -> text.replace("\"a\"", "\"" + prey + "\"")
                        .replace("MTIz.c2ln", token)
                        .replace("AAEC.c2ln", state))
                .toList();
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            refused += sent(hostile(random, texts), i);
            if (i % 10 == 0) {
                observe();
            }
        }

        assertThat(refused).isPositive();
        requireGoodSessionAsPredicted();
        try (SocketClient other = SocketClient.connect(port)) {
            assertThat(other.ask("{'type':'ping'}").path("type").asString()).isEqualTo("pong");
        }
    }

    private static String hostile(Random random, List<String> texts) {
        String text = HostileMessagesTest.mutated(random, texts.get(random.nextInt(texts.size())));
        return UTF_8.newEncoder().canEncode(text) ? text : "\ufffd" + texts.getFirst();
    }

    /** Sends a message, hears all that is told until the answer to the next one, and counts what was refused. */
    private int sent(String text, int number) {
        client.send(text);
        client.send("{'type':'ping','event_id':'ping%d'}".formatted(number));
        int refused = 0;
        JsonNode message = client.next();
        while (!message.path("event_id").asString("").equals("ping" + number)) {
            requireOrderly(message);
            refused += message.path("type").asString().equals("error") ? 1 : 0;
            message = client.next();
        }
        return refused;
    }

    static Stream<byte[]> brokenFrames() {
        var random = new Random(1);
        List<byte[]> frames = new ArrayList<>(List.of(
                new byte[] {(byte) 0x81, 1, 'x'}, // not masked
                frame(0x83, new byte[] {1}), // no such opcode
                frame(0xF1, new byte[] {1}), // of no extension
                frame(0x80, new byte[] {1}), // goes on with nothing
                frame(0x89, new byte[125]),
                frame(0x88, new byte[] {3}), // half a status
                frame(0x81, new byte[] {(byte) 0xC3, (byte) 0x28}), // no UTF-8
                new byte[] {(byte) 0x81, (byte) 0xFF, 127, 127, 127, 127, 127, 127, 127, 127, 0, 0, 0, 0}));
        for (int i = 0; i < 30; i++) {
            byte[] noise = new byte[random.nextInt(1, 200)];
            random.nextBytes(noise);
            frames.add(noise);
        }
        return frames.stream();
    }

    /** Masked, as clients have to, by zeros. */
    private static byte[] frame(int head, byte[] payload) {
        byte[] frame = new byte[6 + payload.length];
        frame[0] = (byte) head;
        frame[1] = (byte) (0x80 | payload.length);
        System.arraycopy(payload, 0, frame, 6, payload.length);
        return frame;
    }

    @ParameterizedTest
    @MethodSource("brokenFrames")
    void brokenFramesEndNoConnectionButTheirs(byte[] frame) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(StreamEndpointTest.UPGRADE.concat("\r\n").getBytes(ISO_8859_1));
            assertThat(new String(socket.getInputStream().readNBytes(12), ISO_8859_1))
                    .isEqualTo("HTTP/1.1 101");
            socket.getOutputStream().write(frame);
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }

        requireGoodSessionAsPredicted();
    }
}
