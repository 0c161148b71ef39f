package io.foretide.streaming;

import static io.foretide.streaming.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.generation.FinishReason;
import io.foretide.generation.Generated;
import io.foretide.generation.LanguageModel;
import io.foretide.generation.LanguageState;
import io.foretide.generation.SamplingOptions;
import io.foretide.generation.TokenSink;
import io.foretide.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A session of a language model reads and writes as the model does in one go, wherever it goes. */
class WriterSessionsTest extends OnSessions {
    private static final String PROMPT = "the cat sa";
    private static final long SEED = 7;

    /** What a session says of itself, beside what the model says without any. */
    private static final class Alone {
        private final LanguageModel model;
        private final LanguageState state;

        Alone(String name, int version) {
            this.model = TrainedWriters.find(name, version);
            this.state = model.initialState();
        }

        Alone reads(String text) {
            model.read(state, text);
            return this;
        }

        Generated says(int tokens, String... stop) {
            return model.generate(state, new SamplingOptions(tokens, 1, 0, 1, SEED, List.of(stop)), TokenSink.NONE);
        }
    }

    private static Alone tales() {
        return new Alone("tales", 1);
    }

    private static ClientMessage.Generate asked(
            @Nullable String eventId, @Nullable Long seq, int tokens, String... stop) {
        return new ClientMessage.Generate(eventId, "s", seq, tokens, null, null, null, SEED, List.of(stop));
    }

    private static void read(TestClient by, String session, long seq, String text) {
        assertThat(by.say(new ClientMessage.Text(null, session, seq, text))
                        .hear(ServerMessage.Acked.class)
                        .seq())
                .isEqualTo(seq);
    }

    /** What a client hears of a continuation: its tokens, and how it ended. */
    private record Heard(String text, int tokens, ServerMessage.Generated end) {}

    private static Heard hear(TestClient client) {
        var text = new StringBuilder();
        int tokens = 0;
        ServerMessage next = client.next();
        while (next instanceof ServerMessage.Token || next instanceof ServerMessage.AckMany) {
            if (next instanceof ServerMessage.Token token) {
                assertThat(token.index()).isEqualTo(tokens++);
                text.append(token.text());
            }
            next = client.next();
        }
        assertThat(next).isInstanceOf(ServerMessage.Generated.class);
        return new Heard(text.toString(), tokens, (ServerMessage.Generated) next);
    }

    private static String generate(TestClient by, int tokens) {
        return hear(by.say(asked(null, null, tokens))).text();
    }

    @Test
    void writesWhatAPredictionWouldAndTellsEachToken() {
        client.open("s", "tales:1", null);
        read(client, "s", 1, PROMPT);

        Heard heard = hear(client.say(asked("g", null, 30)));

        assertThat(heard.text()).isEqualTo(tales().reads(PROMPT).says(30).text());
        assertThat(heard.tokens()).isEqualTo(30);
        assertThat(heard.end().eventId()).isEqualTo("g");
        assertThat(heard.end().seq()).isEqualTo(2);
        assertThat(heard.end().reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(heard.end().tokens()).isEqualTo(new ServerMessage.Counts(PROMPT.length(), 30));
        assertThat(heard.end().seed()).isEqualTo(SEED);
    }

    @ParameterizedTest
    @CsvSource({"tales,1", "tales,2", "words,3"})
    void promptThenContinueEqualsOnePromptHoweverItIsCut(String model, long seed) {
        client.open("s", model + ":1", null);
        var random = new Random(seed);
        String text = "the cat, and the 日本 \ud83d\ude00 dog sat.\n(on the mat ";
        var alone = new Alone(model, 1).reads(text);

        int at = 0, seq = 0;
        while (at < text.length()) {
            int to = Math.min(text.length(), at + 1 + random.nextInt(4));
            read(client, "s", ++seq, text.substring(at, to));
            at = to;
        }

        assertThat(generate(client, 20)).isEqualTo(alone.says(20).text());
        read(client, "s", seq + 2, " by the door");
        assertThat(generate(client, 20))
                .isEqualTo(alone.reads(" by the door").says(20).text());
    }

    @Test
    void endsBeforeAStopStringWhichItHasRead() {
        Alone alone = tales().reads(PROMPT);
        String said = tales().reads(PROMPT).says(30).text();
        String stop = said.substring(12, 14);
        Generated expected = alone.says(30, stop);
        client.open("s", "tales:1", null);
        read(client, "s", 1, PROMPT);

        Heard heard = hear(client.say(asked(null, null, 30, stop)));

        assertThat(heard.text()).isEqualTo(expected.text()).doesNotContain(stop);
        assertThat(heard.end().reason()).isEqualTo(FinishReason.STOP);
        assertThat(generate(client, 20)).isEqualTo(alone.says(20).text());
    }

    @Test
    void writesManyAtATimeAsEachAlone() {
        List<String> names = IntStream.range(0, 70).mapToObj(i -> "s" + i).toList();
        List<TestClient> clients = new ArrayList<>();
        for (String name : names) {
            TestClient one = process.connect();
            clients.add(one);
            one.open(name, "tales:1", null);
            read(one, name, 1, PROMPT + name);
        }

        for (int i = 0; i < names.size(); i++) {
            clients.get(i)
                    .say(new ClientMessage.Generate(null, names.get(i), null, 40, null, null, null, SEED, List.of()));
        }

        for (int i = 0; i < names.size(); i++) {
            assertThat(hear(clients.get(i)).text())
                    .isEqualTo(tales().reads(PROMPT + names.get(i)).says(40).text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tales", "words"})
    void goesOnExactlyAfterACrash(String model) {
        String token = client.open("s", model + ":1", null);
        var alone = new Alone(model, 1);
        for (int i = 0; i < 20; i++) {
            read(client, "s", 2 * i + 1, "the dog la");
            assertThat(generate(client, 5))
                    .isEqualTo(alone.reads("the dog la").says(5).text());
        }
        untilDurable(token, 40);
        process.database().takeAway();
        TestClient other = fixture.start().connect();

        assertThat(other.resume(token).seq()).isEqualTo(40);

        assertThat(generate(other, 30)).isEqualTo(alone.says(30).text());
    }

    private void untilDurable(String token, long seq) {
        until(() -> assertThat(client.resume(token).durableSeq()).isEqualTo(seq));
    }

    @Test
    void forksGoesBackAndIsRestored() {
        client.open("s", "tales:1", null);
        read(client, "s", 1, PROMPT);
        String first = generate(client, 10);
        String state = client.say(new ClientMessage.Snapshot(null, "s"))
                .hear(ServerMessage.Snapshotted.class)
                .state();
        String second = generate(client, 10);

        client.say(new ClientMessage.Rewind(null, "s", 2)).hear(ServerMessage.Rewound.class);
        assertThat(generate(client, 10)).isEqualTo(second);
        client.say(new ClientMessage.Rewind(null, "s", 1)).hear(ServerMessage.Rewound.class);
        assertThat(generate(client, 10)).isEqualTo(first);
        TestClient other = fixture.start().connect();
        other.open("t", "tales:1", null);
        other.say(new ClientMessage.Restore(null, "t", state)).hear(ServerMessage.Restored.class);
        other.say(new ClientMessage.Generate(null, "t", null, 10, null, null, null, SEED, List.of()));
        assertThat(hear(other).text()).isEqualTo(second);
        client.say(new ClientMessage.Reset(null, "s")).hear(ServerMessage.WasReset.class);
        assertThat(generate(client, 10)).isEqualTo(tales().says(10).text());
    }

    @Test
    void followsAnAliasWithWhatItHasSaidAsText() {
        var second = new Alone("tales", 2); // trained before anybody waits for an answer
        client.say(TestClient.opening("s", "tales@champion", VersionPolicy.MIGRATE, null))
                .hear(ServerMessage.Opened.class);
        read(client, "s", 1, PROMPT);
        String said = generate(client, 10);
        fixture.models.promote(2);

        var walked = new StringBuilder(PROMPT + said);
        ServerMessage next = null;
        for (int seq = 3; !(next instanceof ServerMessage.Switched); seq++) {
            walked.append("a");
            client.say(new ClientMessage.Text(null, "s", seq, "a"));
            do {
                next = client.next();
            } while (next instanceof ServerMessage.AckMany);
        }

        assertThat(((ServerMessage.Switched) next).to()).isEqualTo(2);
        client.hear(ServerMessage.Acked.class);
        assertThat(generate(client, 10))
                .isEqualTo(
                        second.reads(walked.toString()).says(10).text());
    }

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
    void drawsWithTheSeedOfTheSession() {
        for (String name : List.of("a", "b")) {
            client.say(new ClientMessage.Open(
                            null,
                            name,
                            io.foretide.registry.ModelReference.parse("tales:1"),
                            null,
                            null,
                            Emit.EACH,
                            VersionPolicy.PIN,
                            null,
                            SEED,
                            null))
                    .hear(ServerMessage.Opened.class);
            client.say(new ClientMessage.Generate(null, name, null, 20, null, null, null, null, null));
            assertThat(hear(client).text()).isEqualTo(tales().says(20).text());
        }
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

    @ParameterizedTest
    @CsvSource({"tales,1", "tales,2", "words,3", "words,4"})
    void readsAndWritesWhateverCharactersThereAre(String model, long seed) {
        String token = client.open("s", model + ":1", null);
        var random = new Random(seed);
        var alone = new Alone(model, 1);
        MessageEncoder encoder = Codec.encoder();
        for (int seq = 1; seq <= 40; seq += 2) {
            var text = new StringBuilder();
            for (int i = random.nextInt(40); i >= 0; i--) {
                switch (random.nextInt(4)) {
                    case 0 -> text.append((char) random.nextInt(Character.MAX_VALUE + 1)); // halves of pairs as well
                    case 1 -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
                    case 2 -> text.append((char) random.nextInt(32));
                    default -> text.append(" the");
                }
            }
            read(client, "s", seq, text.toString());
            Heard heard = hear(client.say(asked(null, null, 5)));
            assertThat(heard.text())
                    .isEqualTo(alone.reads(text.toString()).says(5).text());
            assertThat(encoder.encode(new ServerMessage.Token(null, "s", 0, heard.text())))
                    .matches("\\p{ASCII}*");
        }
        untilDurable(token, 40);
        TestClient other = fixture.start().connect();

        assertThat(other.resume(token).seq()).isEqualTo(40);

        assertThat(generate(other, 20)).isEqualTo(alone.says(20).text());
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
