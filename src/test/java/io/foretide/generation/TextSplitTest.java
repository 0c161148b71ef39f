package io.foretide.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foretide.text.TokenKind;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextSplitTest {
    private static final double SHARE = 0.05;

    /** Each word is there once. */
    private static String words(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "w" + i + (i % 9 == 0 ? "\n" : " "))
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @ValueSource(ints = {30_000, 100_000, 150_000})
    void holdsOutTheEndOfEachBlock(int count) {
        String text = words(count);

        List<String> heldOut = TextSplit.of(text, TokenKind.CHARACTER, SHARE).heldOut();

        assertThat(heldOut).hasSizeBetween(3, 16);
        assertThat(text).endsWith(heldOut.getLast());
        int from = 0;
        for (String piece : heldOut) {
            int at = text.indexOf(piece), to = at + piece.length();
            assertThat(piece.length() / (double) (to - from)).isCloseTo(SHARE, within(0.001));
            assertThat(to - from).isLessThan(text.length() / 2);
            from = to;
        }
    }

    @Test
    void ofAShortTextItIsTheEnd() {
        String text = words(1_000);

        TextSplit split = TextSplit.of(text, TokenKind.CHARACTER, SHARE);

        int cut = text.length() - (int) (text.length() * SHARE);
        assertThat(split).isEqualTo(new TextSplit(text.substring(0, cut), List.of(text.substring(cut))));
    }

    @Test
    void holdsNothingOutWhereNoShareIsAskedFor() {
        assertThat(TextSplit.of("some text", TokenKind.WORD, 0)).isEqualTo(new TextSplit("some text", List.of()));
        assertThat(TextSplit.of("", TokenKind.WORD, SHARE)).isEqualTo(new TextSplit("", List.of()));
    }

    @Test
    void holdsOutTheSameWhenTheTextGoesOn() {
        String text = words(100_000);

        List<String> before = TextSplit.of(text, TokenKind.CHARACTER, SHARE).heldOut();
        List<String> after =
                TextSplit.of(text + words(5_000), TokenKind.CHARACTER, SHARE).heldOut();

        assertThat(after)
                .hasSize(before.size())
                .startsWith(before.subList(0, before.size() - 1).toArray(String[]::new));
    }

    @Test
    void blocksBecomeTwiceAsLongWhereThereWouldBeTooMany() {
        String text = "x".repeat(16 * 65_536 - 1);

        List<String> before = TextSplit.of(text, TokenKind.CHARACTER, SHARE).heldOut();
        List<String> after =
                TextSplit.of(text + "xx", TokenKind.CHARACTER, SHARE).heldOut();

        assertThat(before).hasSize(15);
        assertThat(after).hasSize(8);
        assertThat(after.getFirst().length() / 2).isEqualTo(before.getFirst().length());
    }

    @Test
    void whatHasNoWordIsNotHeldOut() {
        String text = words(1_000).strip() + "\n\u00A0\n";

        assertThat(TextSplit.of(text, TokenKind.WORD, 0.0005)).isEqualTo(new TextSplit(text, List.of()));
        assertThat(TextSplit.of(text, TokenKind.CHARACTER, 0.0005).heldOut()).containsExactly("\u00A0\n");
    }

    @ParameterizedTest
    @EnumSource
    void losesNothingAndCutsNoToken(TokenKind kind) {
        for (long seed = 1; seed <= 20; seed++) {
            var random = new SplittableRandom(seed);
            String text = words(random.nextInt(30_000)).replace("7", "\uD83D\uDE00\uD83D\uDE00");
            double share = random.nextDouble(0.001, 0.5);

            TextSplit split = TextSplit.of(text, kind, share);

            int trained = 0, from = 0;
            for (String piece : split.heldOut()) {
                int at = text.indexOf(piece, from);
                assertThat(split.trained().substring(trained, trained + at - from))
                        .isEqualTo(text.substring(from, at));
                assertThat(isEdge(kind, text, at)).isTrue();
                trained += at - from;
                from = at + piece.length();
                assertThat(isEdge(kind, text, from)).isTrue();
            }
            assertThat(split.trained().substring(trained)).isEqualTo(text.substring(from));
            assertThat((double) trained).isCloseTo((1 - share) * text.length(), within(16 * 20.0));
        }
    }

    private static boolean isEdge(TokenKind kind, String text, int place) {
        return switch (kind) {
            case WORD -> place == text.length() || Character.isWhitespace(text.charAt(place));
            case CHARACTER -> place == text.length() || !Character.isLowSurrogate(text.charAt(place));
        };
    }

    @Test
    void cutsAWordThatIsTooLongBetweenCodePoints() {
        String text = "\uD83D\uDE00".repeat(50_001);

        TextSplit split = TextSplit.of(text, TokenKind.WORD, 0.07);

        assertThat(split.heldOut())
                .hasSizeGreaterThan(1)
                .allSatisfy(piece ->
                        assertThat(piece.codePoints().distinct().toArray()).containsExactly(0x1F600));
    }
}
