package io.foretide.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.foretide.problem.ProblemException.Place;
import io.foretide.problem.ProblemType;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no message is a problem that says where. */
class HostileMessagesTest {
    private final MessageDecoder decoder = Codec.decoder("max-horizon=100", "max-quantiles=3", "ttl=1h");

    private ServerMessage.Failed refused(String text) {
        return catchThrowableOfType(Undecodable.class, () -> decoder.decode(text))
                .answer();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[",
                "{]",
                "nul",
                "{\"type\":",
                "{\"type\":\"observe\"",
                "{'type':'ping'}",
                "{\"type\":\"ping\"}x",
                "{\"type\":\"ping\"}{}",
                "{\"type\":\"ping\",}",
                "{\"type\":\"ping\",\"type\":\"ping\"}",
                "{\"type\":\"observe\",\"session\":\"a\",\"seq\":1,\"seq\":2,\"value\":1}",
                "{\"type\":\"observe\",\"session\":\"a\",\"seq\":1,\"value\":NaN}",
                "{\"type\":\"observe\",\"session\":\"a\",\"seq\":01,\"value\":1}",
                "{\"type\":\"observe\",\"session\":\"a\",\"seq\":1,\"value\":1} 2",
                "{\"type\":\"ping\",\"event_id\":\"\u0000\"}",
                "\ufeff{}x",
                "<xml/>",
            })
    void isMalformed(String text) {
        var refused = refused(text);

        assertThat(refused.problem().type()).isIn(ProblemType.MALFORMED_BODY, ProblemType.INVALID_REQUEST);
        assertThat(refused.problem().detail()).isNotBlank();
    }

    @ParameterizedTest
    @CsvFileSource(files = "src/test/resources/streaming/refused.txt", delimiter = '|', quoteCharacter = '`')
    void namesTheFieldThatDoesNotFit(String text, String pointer) {
        var refused = refused(text);

        assertThat(refused.problem().places()).extracting(Place::pointer).contains(pointer);
        assertThat(refused.isFatal()).isFalse();
    }

    @Test
    void saysWhichMessageAndSessionItIsAboutAsFarAsTheyCanBeRead() {
        var invalid = refused("{\"type\":\"observe\",\"value\":true,\"seq\":1,\"session\":\"a\",\"event_id\":\"e\"}");
        var malformed = refused("{\"event_id\":\"e\",\"session\":\"a\",\"type\":\"observe\",\"seq\":1,\"value\":}");
        var tooLong = refused("{\"type\":\"ping\",\"event_id\":\"" + "e".repeat(257) + "\"}");

        assertThat(invalid).extracting("eventId", "session").containsExactly("e", "a");
        assertThat(malformed).extracting("eventId", "session").containsExactly("e", "a");
        assertThat(tooLong.eventId()).isNull();
    }

    @Test
    void isReadNoDeeperThanMessagesAre() {
        assertThat(refused("[".repeat(100_000)).problem().type())
                .isIn(ProblemType.MALFORMED_BODY, ProblemType.INVALID_REQUEST);
        assertThat(refused("{\"type\":\"ping\",\"x\":" + "[".repeat(100_000))
                        .problem()
                        .type())
                .isEqualTo(ProblemType.MALFORMED_BODY);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void neverFailsInAnyOtherWay(long seed) {
        var random = new Random(seed);
        var texts = SampleMessages.textsOfClients();
        int refused = 0;
        for (int round = 0; round < 3000; round++) {
            String text = mutated(random, texts.get(random.nextInt(texts.size())));
            try {
                decoder.decode(text);
            } catch (Undecodable e) {
                refused++;
                assertThat(e.answer().problem().type().status()).as(text).isBetween(400, 422);
            }
        }

        assertThat(refused).isPositive();
    }

    /** With one to three characters changed, or cut off. */
    static String mutated(Random random, String text) {
        var mutated = new StringBuilder(text);
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            int at = random.nextInt(mutated.length());
            switch (random.nextInt(4)) {
                case 0 -> mutated.replace(at, at + 1, " ");
                case 1 -> mutated.setCharAt(at, (char) random.nextInt(Character.MAX_VALUE + 1));
                case 2 -> mutated.insert(at, "{}[]\",:-0123456789enull".charAt(random.nextInt(23)));
                default -> mutated.setLength(Math.max(1, at));
            }
        }
        return mutated.toString();
    }
}
