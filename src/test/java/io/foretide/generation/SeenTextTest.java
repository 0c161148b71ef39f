package io.foretide.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeenTextTest {
    private final String text = random(1, 200_000);
    private final String other = random(2, 50_000);

    private static String random(long seed, int length) {
        var random = new Random(seed);
        var text = new StringBuilder();
        while (text.length() < length) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    @Test
    void knowsPartsOfWhatWasSeenAndNothingElse() {
        SeenText seen = SeenText.of(text);

        assertThat(seen.hashes()).hasSize(SeenText.MOST);
        assertThat(seen.has(text)).isTrue();
        assertThat(seen.has(text.substring(77_777, 100_000))).isTrue();
        assertThat(seen.has(other)).isFalse();
        assertThat(seen.has("")).isFalse();
        assertThat(SeenText.NOTHING.has(text)).isFalse();
    }

    @Test
    void aQuotationIsNotTheText() {
        assertThat(SeenText.of(text).has(other + text.substring(0, 1_000))).isFalse();
        assertThat(SeenText.of(text).has(other + text.substring(0, 20_000))).isTrue();
    }

    @Test
    void knowsWhatTwoTrainingsSaw() {
        SeenText both = SeenText.of(text).and(SeenText.of(other));

        assertThat(both.hashes()).hasSize(SeenText.MOST);
        assertThat(both.has(text)).isTrue();
        assertThat(both.has(other)).isTrue();
    }

    @Test
    void ofPiecesThoseAreUnseenThatWereNotTrainedOn() {
        List<String> pieces = List.of(text.substring(5_000, 9_000), other, text.substring(50_000, 54_000));

        assertThat(SeenText.of(text).unseen(pieces)).containsExactly(other);
        assertThat(SeenText.NOTHING.unseen(pieces)).isEqualTo(pieces);
    }

    private static List<String> pieces(String text) {
        return IntStream.range(0, text.length() / 500)
                .mapToObj(i -> text.substring(500 * i, 500 * i + 500))
                .toList();
    }

    @Test
    void aPieceThatIsTooShortForTheSketchIsJudgedByAll() {
        String trained = random(3, 4_000_000), whole = trained.substring(1_000_000, 1_200_000);
        SeenText seen = SeenText.of(trained);
        List<String> ofSeen = pieces(whole), ofOther = pieces(other);

        assertThat(ofSeen.stream().filter(piece -> !seen.has(piece))).isNotEmpty();
        assertThat(seen.unseen(ofSeen)).isEmpty();
        assertThat(seen.unseen(ofOther)).isEqualTo(ofOther);
    }

    @Test
    void aShortTextIsKnownWhole() {
        assertThat(SeenText.of("abc").has("abc")).isTrue();
        assertThat(SeenText.of("abc").has("abd")).isFalse();
        assertThat(SeenText.of("ab".repeat(1_000_000)).hashes()).hasSize(2);
    }
}
