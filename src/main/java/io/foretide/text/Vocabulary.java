package io.foretide.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tokens and their numbers, from 0 on. Number 0 is every token that is not in it. Immutable. */
public final class Vocabulary {
    /** The number of an unknown token. */
    public static final int UNKNOWN = 0;

    /** The most tokens that one may have, the unknown one included. */
    public static final int MOST_TOKENS = 200_000;

    private final List<String> tokens;
    private final Map<String, Integer> numbers;

    /** @param known the known tokens, whose numbers begin at 1 */
    public Vocabulary(List<String> known) {
        if (known.size() >= MOST_TOKENS) {
            throw new IllegalArgumentException(
                    "a vocabulary has at most %d tokens, was %d".formatted(MOST_TOKENS - 1, known.size()));
        }
        this.tokens = List.copyOf(known);
        this.numbers = HashMap.newHashMap(known.size());
        for (String token : tokens) {
            if (token.isEmpty() || hasHalves(token) || numbers.put(token, numbers.size() + 1) != null) {
                throw new IllegalArgumentException(
                        "the token '%s' is empty, half a character or there twice".formatted(token));
            }
        }
    }

    /** Half of a surrogate pair cannot be written, and so must not be said. */
    private static boolean hasHalves(String token) {
        return token.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE);
    }

    /**
     * The most frequent tokens, those of equal counts in the order of their letters.
     *
     * @param most how many numbers there may be, the unknown one included
     * @param least how often a token must be there to be known
     */
    public static Vocabulary of(Counts counts, int most, int least) {
        List<Map.Entry<String, int[]>> entries = new ArrayList<>(counts.counts.entrySet());
        entries.removeIf(entry -> entry.getValue()[0] < least);
        entries.sort((a, b) -> a.getValue()[0] != b.getValue()[0]
                ? Integer.compare(b.getValue()[0], a.getValue()[0])
                : a.getKey().compareTo(b.getKey()));
        return new Vocabulary(entries.stream()
                .limit(Math.max(0, most - 1L))
                .map(Map.Entry::getKey)
                .toList());
    }

    /** How often tokens are there. */
    public static final class Counts {
        private final Map<String, int[]> counts = new HashMap<>();

        public void add(String token) {
            counts.computeIfAbsent(token, _ -> new int[1])[0]++;
        }

        /** How often a token was added. */
        public int of(String token) {
            int[] count = counts.get(token);
            return count == null ? 0 : count[0];
        }
    }

    /** How many numbers there are, that of the unknown token included. */
    public int size() {
        return tokens.size() + 1;
    }

    /** The number of a token; {@link #UNKNOWN} where it is not known. */
    public int number(String token) {
        return numbers.getOrDefault(token, UNKNOWN);
    }

    /** The numbers of some tokens. */
    public int[] numbers(List<String> some) {
        return some.stream().mapToInt(this::number).toArray();
    }

    /** The known token of a number, from 1 on. */
    public String token(int number) {
        return tokens.get(number - 1);
    }

    /** The known tokens in the order of their numbers. */
    public List<String> known() {
        return Collections.unmodifiableList(tokens);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Vocabulary vocabulary && vocabulary.tokens.equals(tokens);
    }

    @Override
    public int hashCode() {
        return tokens.hashCode();
    }
}
