package io.foretide.streaming;

import static io.foretide.streaming.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.generation.FinishReason;
import io.foretide.generation.Generation;
import io.foretide.generation.LanguageModel;
import io.foretide.generation.SamplingOptions;
import io.foretide.generation.TokenSink;
import io.foretide.problem.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Continuations are ended, bounded and counted, and keep nobody waiting. */
class WriterMannersTest extends OnWriters {
    @Test
    void endsWhereItIsCancelledAndGoesOnFromThere() {
        TestClient other = fixture.start("max-tokens=1000000").connect();
        other.open("s", "tales:1", null);
        other.say(asked("g", null, 1_000_000));
        other.hear(ServerMessage.Token.class);

        other.say(new ClientMessage.Cancel("g"));

        ServerMessage.Generated end = other.hear(ServerMessage.Generated.class);
        assertThat(end.reason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(end.seq()).isEqualTo(1);
        assertThat(end.tokens().completion()).isBetween(1, 999_999);
        Alone alone = tales();
        alone.says(end.tokens().completion());
        assertThat(generate(other, 10)).isEqualTo(alone.says(10).text());
    }

    @Test
    void aContinuationWhoseClientGoesAwayNeverWas() {
        SessionFixture.Process patient = fixture.start("max-tokens=1000000");
        TestClient leaving = patient.connect();
        String token = leaving.open("s", "tales:1", null);
        read(leaving, "s", 1, PROMPT);
        leaving.say(asked(null, null, 1_000_000));
        leaving.hear(ServerMessage.Token.class);

        patient.sessions().gone(leaving);

        TestClient other = patient.connect();
        assertThat(other.resume(token).seq()).isEqualTo(1);
        assertThat(generate(other, 10)).isEqualTo(tales().reads(PROMPT).says(10).text());
    }

    @Test
    void keepsNobodyWaitingWhileItWrites() {
        SessionFixture.Process patient = fixture.start("max-tokens=1000000");
        TestClient writer = patient.connect(), other = patient.connect();
        writer.open("s", "tales:1", null);
        other.open("t", "tales:1", null);
        other.open("series", "air:1", null);
        writer.say(asked("g", null, 1_000_000));
        writer.hear(ServerMessage.Token.class);

        read(other, "t", 1, PROMPT.repeat(100));
        other.observe("series", 1, first(50));
        other.say(new ClientMessage.Generate(null, "t", null, 20, null, null, null, SEED, List.of()));
        assertThat(hear(other).text())
                .isEqualTo(tales().reads(PROMPT.repeat(100)).says(20).text());

        writer.say(new ClientMessage.Cancel("g"));
        assertThat(writer.hear(ServerMessage.Generated.class).reason()).isEqualTo(FinishReason.CANCELLED);
    }

    @Test
    void sharesItsBatchWithRequestsThatAreBeingWritten() throws Exception {
        LanguageModel model = TrainedWriters.find("tales", 1);
        TestClient other = fixture.start(_ -> {
                    throw new IllegalStateException("another one has the turn");
                })
                .connect();
        other.open("s", "tales:1", null);
        var turn = new CountDownLatch(1);
        var leads = new CountDownLatch(1);
        Generation request = model.begin(model.initialState(), SamplingOptions.drawn(500_000, 1), TokenSink.NONE);
        Thread leading = Thread.startVirtualThread(() -> model.shared().advance(request, 500_000, slice -> {
            leads.countDown();
            await(turn);
            slice.run();
        }));
        leads.await();
        other.say(asked(null, null, 20));
        other.say(new ClientMessage.Ping(null));
        other.hear(ServerMessage.Pong.class);

        turn.countDown();

        assertThat(hear(other).text()).isEqualTo(tales().says(20).text());
        leading.join();
        assertThat(request.result().tokens()).isEqualTo(500_000);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void refusesMoreContinuationsThanThereMayBeAtATime() {
        SessionFixture.Process small = fixture.start("max-generations=1", "max-tokens=1000000");
        TestClient writer = small.connect(), other = small.connect();
        writer.open("s", "tales:1", null);
        other.open("t", "tales:1", null);
        writer.say(asked("g", null, 1_000_000));
        writer.hear(ServerMessage.Token.class);
        var second = new ClientMessage.Generate(null, "t", null, 5, null, null, null, SEED, List.of());

        assertThat(other.say(second).hearFailure()).isEqualTo(ProblemType.QUEUE_FULL);

        writer.say(new ClientMessage.Cancel("g"));
        writer.hear(ServerMessage.Generated.class);
        assertThat(hear(other.say(second)).text()).isEqualTo(tales().says(5).text());
    }

    @Test
    void refusesMoreTextThanMayWait() {
        TestClient other = fixture.start("max-text=1000", "max-waiting-text=2KB", "max-tokens=1000000")
                .connect();
        other.open("s", "tales:1", null);
        other.say(asked("g", null, 1_000_000));
        other.hear(ServerMessage.Token.class);
        String text = "a".repeat(1000);
        other.say(new ClientMessage.Text(null, "s", 2, text));

        assertThat(other.say(new ClientMessage.Text(null, "s", 3, text)).hearFailure())
                .isEqualTo(ProblemType.QUEUE_FULL);

        other.say(new ClientMessage.Cancel("g"));
        assertThat(other.hear(ServerMessage.Acked.class).seq()).isEqualTo(2);
        read(other, "s", 3, text);
    }

    @Test
    void waitsForAReaderThatIsBehind() {
        var behind = new AtomicBoolean(true);
        List<ServerMessage> heard = new java.util.concurrent.CopyOnWriteArrayList<>();
        var slow = new Recipient() {
            @Override
            public void send(ServerMessage message) {
                heard.add(message);
            }

            @Override
            public boolean isBehind() {
                return behind.get();
            }
        };
        process.sessions().came(slow);
        process.sessions().handle(TestClient.opening("s", "tales:1", null), slow);
        until(() -> assertThat(heard).hasSize(1));
        process.sessions().handle(asked(null, null, 20), slow);
        client.open("t", "tales:1", null);
        read(client, "t", 1, PROMPT);
        assertThat(heard).hasSize(1);

        behind.set(false);

        until(() -> assertThat(heard).hasAtLeastOneElementOfType(ServerMessage.Generated.class));
        assertThat(heard).filteredOn(ServerMessage.Token.class::isInstance).hasSize(20);
    }

    @Test
    void countsAContinuationOnce() {
        client.open("s", "tales:1", null);
        read(client, "s", 1, PROMPT);
        String said = hear(client.say(asked(null, 2L, 10))).text();

        client.say(asked(null, 2L, 10));
        assertThat(client.hear(ServerMessage.Warning.class).code()).isEqualTo(WarningCode.DUPLICATE);
        assertThat(client.hear(ServerMessage.Acked.class).seq()).isEqualTo(2);
        client.say(asked(null, 9L, 10));
        assertThat(client.hearFailure()).isEqualTo(ProblemType.UNEXPECTED_COUNT);

        Alone alone = tales().reads(PROMPT);
        assertThat(said).isEqualTo(alone.says(10).text());
        assertThat(generate(client, 10)).isEqualTo(alone.says(10).text());
    }

    @Test
    void namesWhatIsForAnotherTaskAndGoesOn() {
        client.open("s", "tales:1", null);
        client.open("series", "air:1", null);
        client.open("values", "gesture:1", null);

        assertThat(client.observing("s", 1, 5).hearFailure()).isEqualTo(ProblemType.TASK_MISMATCH);
        client.say(new ClientMessage.AskForecast(null, "s", null, null, Map.of()));
        assertThat(client.hearFailure()).isEqualTo(ProblemType.TASK_MISMATCH);
        client.say(new ClientMessage.AskClassification(null, "s"));
        assertThat(client.hearFailure()).isEqualTo(ProblemType.TASK_MISMATCH);
        for (String other : List.of("series", "values")) {
            client.say(new ClientMessage.Generate("g", other, null, 5, null, null, null, null, null));
            assertThat(client.hearFailure()).isEqualTo(ProblemType.TASK_MISMATCH);
        }
        client.say(asked(null, null, 10_001));
        assertThat(client.hearFailure()).isEqualTo(ProblemType.LIMIT_EXCEEDED);

        assertThat(generate(client, 5)).isEqualTo(tales().says(5).text());
    }

    @Test
    void aRequestOverHttpHearsTheWholeText() {
        String token = client.open("s", "tales:1", null);
        read(client, "s", 1, PROMPT);
        var request = new SessionRequest(process.sessions(), token, List.of(asked(null, 2L, 10)), 1 << 16);

        request.ask();

        var said = (ServerMessage.Generated) request.answered().join().first();
        assertThat(said.text()).isEqualTo(tales().reads(PROMPT).says(10).text());
        assertThat(said.durableSeq()).isEqualTo(2);
    }
}
