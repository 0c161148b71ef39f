package io.foretide.generation;

import io.foretide.text.Tokenizer;
import io.foretide.text.Vocabulary;
import java.util.Arrays;
import java.util.function.Consumer;

/** The numbers of the tokens of a text. */
record Tokens(int[] numbers) {
    /** Long texts are cut piece by piece, so that there is never an object for each of their tokens at once. */
    private static final int PIECE = 1 << 16;

    static Tokens of(Tokenizer tokenizer, Vocabulary vocabulary, String text) {
        var numbers = new Object() {
            int[] values = new int[Math.max(16, text.length() / 4)];
            int count;
        };
        forEach(tokenizer, text, token -> {
            if (numbers.count == numbers.values.length) {
                numbers.values = Arrays.copyOf(numbers.values, 2 * numbers.count);
            }
            numbers.values[numbers.count++] = vocabulary.number(token);
        });
        return new Tokens(Arrays.copyOf(numbers.values, numbers.count));
    }

    static void forEach(Tokenizer tokenizer, String text, Consumer<String> consumer) {
        String rest = "";
        for (int from = 0; from < text.length(); from += PIECE) {
            String piece = text.substring(from, Math.min(text.length(), from + PIECE));
            rest = tokenizer.cutOff(rest + piece, consumer);
        }
        tokenizer.tokens(rest).forEach(consumer);
    }

    int count() {
        return numbers.length;
    }
}
