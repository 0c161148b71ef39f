package io.foretide.generation;

import static java.util.Objects.requireNonNull;

import io.foretide.text.TokenKind;

/**
 * What a language model reads and says.
 *
 * @param vocabulary how many tokens it knows, the unknown one included
 * @param context over how many tokens the training goes back; the state is carried further
 * @param embedding how many numbers stand for a token
 */
public record GenerateSettings(TokenKind tokens, int vocabulary, int context, int embedding) {
    /** The largest vocabulary that can be asked for. */
    public static final int MOST_TOKENS = 50_000;

    /** The most tokens that a training may go back over. */
    public static final int LONGEST_CONTEXT = 1024;

    static final int LARGEST_EMBEDDING = 1024;

    public GenerateSettings {
        requireNonNull(tokens, "tokens");
        if (vocabulary < 2 || vocabulary > MOST_TOKENS) {
            throw new IllegalArgumentException(
                    "the vocabulary must lie in [2, %d], was %d".formatted(MOST_TOKENS, vocabulary));
        }
        if (context < 1 || context > LONGEST_CONTEXT || embedding < 1 || embedding > LARGEST_EMBEDDING) {
            throw new IllegalArgumentException("context must lie in [1, %d] and embedding in [1, %d], were %d and %d"
                    .formatted(LONGEST_CONTEXT, LARGEST_EMBEDDING, context, embedding));
        }
    }
}
