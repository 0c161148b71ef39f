package io.foretide.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.foretide.text.Vocabulary;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordPatternsTest {
    private static final int FINE = 1, FILM = 2;

    private final WordBeginnings none = new WordBeginnings(new Vocabulary(List.of("fine", "film")));
    private final WordIndex index = new WordIndex(none, 3, 0, new long[] {WordIndex.apart(FINE, FILM)});
    private final float[] weights = {0, 0, 3, -3, 1, 2, 0.5f, 0.25f};
    private final WordPatterns patterns =
            new WordPatterns(index, 2, weights, new float[] {0, 9, 16, 4}, new double[] {0.5, -0.5});

    private double[] logits(int... words) {
        WordPatterns.Walk walk = patterns.initialWalk();
        for (int word : words) {
            patterns.step(walk, word);
        }
        return patterns.logits(walk);
    }

    @Test
    void sayOfATextWhatTheyWeighByItsLength() {
        assertThat(logits(FINE)).containsExactly(new double[] {0.5 + 3 / 3.0, -0.5 - 3 / 3.0}, within(1e-12));
        assertThat(logits(FILM, FINE)).containsExactly(new double[] {0.5 + 4 / 5.0, -0.5 - 1 / 5.0}, within(1e-12));
    }

    @Test
    void areAlsoPairsAcrossAnyOtherWord() {
        double length = Math.sqrt(9 + 16 + 4);

        assertThat(logits(FINE, Vocabulary.UNKNOWN, FILM))
                .containsExactly(new double[] {0.5 + 4.5 / length, -0.5 - 0.75 / length}, within(1e-12));
    }

    @Test
    void sayNothingOfATextWithoutAny() {
        assertThat(logits()).containsExactly(0.5, -0.5);
        assertThat(logits(Vocabulary.UNKNOWN)).containsExactly(0.5, -0.5);
    }

    @Test
    void haveNoSquaresBelowZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WordPatterns(index, 2, weights, new float[] {0, 9, -16, 4}, new double[2]));
    }
}
