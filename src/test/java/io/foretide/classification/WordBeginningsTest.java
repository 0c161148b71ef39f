package io.foretide.classification;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.text.Vocabulary;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordBeginningsTest {
    private final Vocabulary vocabulary =
            new Vocabulary(List.of("great", "film", "greatness", "films", "hilarious", "fun"));
    private final WordBeginnings beginnings = new WordBeginnings(vocabulary);

    @Test
    void areThoseThatSeveralWordsHave() {
        assertThat(beginnings.size()).isEqualTo(3); // grea, great, film

        assertThat(beginnings.of(vocabulary.number("great"))).containsExactly(0, 1);
        assertThat(beginnings.of(vocabulary.number("greatness"))).containsExactly(0, 1);
        assertThat(beginnings.of(vocabulary.number("films"))).containsExactly(2);
        assertThat(beginnings.of(vocabulary.number("hilarious"))).isEmpty();
        assertThat(beginnings.of(Vocabulary.UNKNOWN)).isEmpty();
    }

    @Test
    void anUnknownWordHasTheNumberOfItsLongestBeginning() {
        assertThat(beginnings.number("fun")).isEqualTo(vocabulary.number("fun"));
        assertThat(beginnings.number("greatly")).isEqualTo(vocabulary.size() + 1);
        assertThat(beginnings.number("greasy")).isEqualTo(vocabulary.size());
        assertThat(beginnings.number("green")).isEqualTo(Vocabulary.UNKNOWN);

        assertThat(beginnings.of(vocabulary.size() + 1)).containsExactly(0, 1);
    }

    @Test
    void neverEndWithinASurrogatePair() {
        String clef = "\uD834\uDD1E";
        var music = new WordBeginnings(new Vocabulary(List.of(clef.repeat(4), clef.repeat(5))));

        assertThat(music.size()).isOne();
        assertThat(music.number(clef.repeat(7))).isEqualTo(3);
    }
}
