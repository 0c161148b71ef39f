package io.foretide.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class VocabularyTest {
    private static Vocabulary.Counts counts(String words) {
        var counts = new Vocabulary.Counts();
        Tokenizer.WORDS.tokens(words).forEach(counts::add);
        return counts;
    }

    @Test
    void numbersTheMostFrequentTokensFirstAndEqualOnesByTheirLetters() {
        Vocabulary vocabulary = Vocabulary.of(counts("b c a b c b d"), 10, 1);

        assertThat(vocabulary.known()).containsExactly("b", "c", "a", "d");
        assertThat(vocabulary.size()).isEqualTo(5);
        assertThat(vocabulary.token(1)).isEqualTo("b");
    }

    @Test
    void keepsNoMoreAndNoRarerTokensThanAskedFor() {
        assertThat(Vocabulary.of(counts("b c a b c b d"), 3, 1).known()).containsExactly("b", "c");
        assertThat(Vocabulary.of(counts("b c a b c b d"), 10, 3).known()).containsExactly("b");
    }

    @Test
    void readsWhatItDoesNotKnowAsTheUnknownToken() {
        assertThat(new Vocabulary(List.of("x", "y")).numbers(List.of("y", "z", "x")))
                .containsExactly(2, 0, 1);
    }

    @Test
    void refusesATokenThatIsThereTwice() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Vocabulary(List.of("x", "x")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Vocabulary(Collections.nCopies(Vocabulary.MOST_TOKENS, "x")));
    }

    @Test
    void refusesHalfACharacter() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Vocabulary(List.of("x", "\uD83D")));
        assertThat(new Vocabulary(List.of("\uD83D\uDE00")).number("😀")).isEqualTo(1);
    }
}
