package io.foretide.streaming;

import static io.foretide.streaming.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.generation.FinishReason;
import io.foretide.generation.Generated;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A session of a language model reads and writes as the model does in one go, wherever it goes. */
class WriterSessionsTest extends OnWriters {
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

    @Test
    void resumesLongTextsFromAStateThatIsNear() {
        String token = client.open("s", "tales:1", null);
        Alone alone = tales();
        for (int i = 0; i < 12; i++) {
            read(client, "s", 2 * i + 1, "the dog la");
            assertThat(generate(client, 1_000))
                    .isEqualTo(alone.reads("the dog la").says(1_000).text());
        }
        untilDurable(token, 24);
        process.database().takeAway();

        Journal.Claimed claimed = JournalFixture.get(fixture.store.journal().claim(idOf("s")));
        History history = claimed.session().history();

        assertThat(history.stepsAfter(history.latest().seq()).stream()
                        .mapToLong(Step::work)
                        .sum())
                .isLessThanOrEqualTo(Step.MOST_WORK);
        assertThat(history.steps()).filteredOn(Step.Milestone.class::isInstance).hasSizeBetween(2, 3);
        TestClient other = fixture.start().connect();
        assertThat(other.resume(token).seq()).isEqualTo(24);
        assertThat(generate(other, 30)).isEqualTo(alone.says(30).text());
        other.say(new ClientMessage.Rewind(null, "s", 3));
        assertThat(other.hear(ServerMessage.Rewound.class).seq()).isEqualTo(3);
        assertThat(generate(other, 1_000))
                .isEqualTo(tales().reads("the dog la")
                        .after(1_000)
                        .reads("the dog la")
                        .says(1_000)
                        .text());
    }

    private long idOf(String session) {
        return fixture.store
                .database
                .client()
                .sql("select id from stream_session where name = ?")
                .param(session)
                .query(Long.class)
                .single();
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
                .isEqualTo(second.reads(walked.toString()).says(10).text());
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
            assertThat(encoder.encode(new ServerMessage.Token(null, "s", 0, heard.text()))
                            .toString())
                    .matches("\\p{ASCII}*");
        }
        untilDurable(token, 40);
        TestClient other = fixture.start().connect();

        assertThat(other.resume(token).seq()).isEqualTo(40);

        assertThat(generate(other, 20)).isEqualTo(alone.says(20).text());
    }
}
