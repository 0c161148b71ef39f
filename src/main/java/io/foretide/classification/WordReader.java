package io.foretide.classification;

import static java.util.Objects.requireNonNull;

import io.foretide.text.Tokenizer;
import io.foretide.text.Vocabulary;
import java.util.List;

/**
 * How texts become what networks and patterns read.
 *
 * @param embedded how many words have numbers of their own in the networks, the unknown one included: those there is more than
 *     one example of
 * @param beginnings those of the vocabulary
 */
record WordReader(Tokenizer tokenizer, Vocabulary vocabulary, int embedded, WordBeginnings beginnings)
        implements Reader {
    /** A word that is there once could only be learned by heart. */
    private static final int LEAST_EXAMPLES = 2;

    WordReader {
        requireNonNull(tokenizer, "tokenizer");
        requireNonNull(vocabulary, "vocabulary");
        if (embedded < 1 || embedded > vocabulary.size()) {
            throw new IllegalArgumentException(
                    "%d words of a vocabulary of %d have numbers".formatted(embedded, vocabulary.size()));
        }
    }

    WordReader(Tokenizer tokenizer, Vocabulary vocabulary, int embedded) {
        this(tokenizer, vocabulary, embedded, new WordBeginnings(vocabulary));
    }

    static WordReader of(Tokenizer tokenizer, List<Text> texts, int most, Deadline deadline) {
        var counts = new Vocabulary.Counts();
        for (Text text : texts) {
            deadline.check();
            tokenizer.tokens(text.text()).forEach(counts::add);
        }
        Vocabulary vocabulary = Vocabulary.of(counts, most, 1);
        long known = vocabulary.known().stream()
                .takeWhile(word -> counts.of(word) >= LEAST_EXAMPLES)
                .count();
        return new WordReader(tokenizer, vocabulary, 1 + (int) known);
    }

    /** The numbers of the words of a whole text. */
    int[] words(Text text) {
        return tokenizer.tokens(text.text()).stream()
                .mapToInt(beginnings::number)
                .toArray();
    }
}
