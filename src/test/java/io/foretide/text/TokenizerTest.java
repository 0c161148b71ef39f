package io.foretide.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class TokenizerTest {
    static final List<Tokenizer> TOKENIZERS =
            List.of(Tokenizer.WORDS, Tokenizer.LOWER_CASE_WORDS.withoutStopWords(), Tokenizer.CHARACTERS);

    @Test
    void cutsWordsAndTheSignsBetweenThem() {
        assertThat(Tokenizer.WORDS.tokens("Well, don't ask: it's 3.5 times \"better\"!"))
                .containsExactly(
                        "Well", ",", "don't", "ask", ":", "it's", "3", ".", "5", "times", "\"", "better", "\"", "!");
    }

    @Test
    void takesWordsOfAnyScript() {
        assertThat(Tokenizer.LOWER_CASE_WORDS.tokens("Größe ΣΟΦΟΣ né e\u0301te\u0301 東京 🙂"))
                .containsExactly("größe", "σοφος", "né", "e\u0301te\u0301", "東", "京", "🙂");
    }

    @Test
    void leavesOutStopWordsButNotThoseThatDeny() {
        assertThat(Tokenizer.LOWER_CASE_WORDS.withoutStopWords().tokens("The film is not a good one"))
                .containsExactly("film", "not", "good", "one");
    }

    @Test
    void readsHalvesOfSurrogatePairsAsReplacementCharacters() {
        assertThat(Tokenizer.CHARACTERS.tokens("a\ud83d b\ude00")).containsExactly("a", "\ufffd", " ", "b", "\ufffd");
        assertThat(Tokenizer.WORDS.tokens("a\ud83d b\ude00")).containsExactly("a", "\ufffd", "b", "\ufffd");
    }

    @Test
    void endsAnApostropheWithoutAWordBehindIt() {
        assertThat(Tokenizer.WORDS.tokens("the boys' toys'")).containsExactly("the", "boys", "'", "toys", "'");
    }

    @Test
    void cutsEndlessWords() {
        assertThat(Tokenizer.WORDS.tokens("x".repeat(150)))
                .containsExactly("x".repeat(64), "x".repeat(64), "x".repeat(22));
    }

    @ParameterizedTest
    @FieldSource("TOKENIZERS")
    void givesTheSameTokensHoweverATextIsCut(Tokenizer tokenizer) {
        var random = new Random(4);
        for (int round = 0; round < 300; round++) {
            String text = text(random);

            List<String> tokens = new ArrayList<>();
            String rest = "";
            for (int at = 0; at < text.length(); ) {
                int to = Math.min(text.length(), at + 1 + random.nextInt(5));
                rest = tokenizer.cutOff(rest + text.substring(at, to), tokens::add);
                at = to;
            }
            tokens.addAll(tokenizer.tokens(rest));

            assertThat(tokens).isEqualTo(tokenizer.tokens(text));
            assertThat(rest.length()).isLessThanOrEqualTo(2 * Tokenizer.LONGEST_WORD);
        }
    }

    private static String text(Random random) {
        String letters = "ab c'd. 'É京 \n’" + "🙂" + "\u0301" + "\ud83d";
        var text = new StringBuilder();
        for (int i = random.nextInt(200); i > 0; i--) {
            text.append(random.nextInt(10) == 0 ? "z".repeat(random.nextInt(80)) : "")
                    .append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}
