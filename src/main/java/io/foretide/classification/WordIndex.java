package io.foretide.classification;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Which patterns are looked for in texts, and their numbers: words, beginnings of words, pairs of neighbours, and pairs of words
 * with any other word between them.
 *
 * @param words words with a number below this are patterns, the unknown one is not
 * @param beginnings how many beginnings of words are patterns
 * @param pairs as {@link #pair} and {@link #apart} write them, ascending
 */
record WordIndex(WordBeginnings ofWords, int words, int beginnings, long[] pairs) {
    private static final long APART = 1L << 62;

    WordIndex {
        if (words < 1 || beginnings < 0 || beginnings > ofWords.size()) {
            throw new IllegalArgumentException("%d words and %d beginnings".formatted(words, beginnings));
        }
        for (int i = 1; i < pairs.length; i++) {
            if (pairs[i] <= pairs[i - 1]) {
                throw new IllegalArgumentException("pairs of words do not ascend");
            }
        }
    }

    static long pair(int first, int second) {
        return (long) first << Integer.SIZE | second;
    }

    /** A pair with a word between. */
    static long apart(int first, int second) {
        return APART | pair(first, second);
    }

    /** A word as pairs have it: one that is no pattern is unknown. */
    static int known(int word, int words) {
        return word < words ? word : 0;
    }

    /** How many patterns there are. */
    int size() {
        return words + beginnings + pairs.length;
    }

    /**
     * Gives the patterns that a word makes.
     *
     * @param first the word before the last, or 0
     * @param last the word before, or 0
     */
    void patterns(int first, int last, int word, IntConsumer to) {
        int known = known(word, words);
        if (known > 0) {
            to.accept(known);
        }
        for (int beginning : ofWords.of(word)) {
            if (beginning < beginnings) {
                to.accept(words + beginning);
            }
        }
        find(pair(known(last, words), known), to);
        find(apart(known(first, words), known), to);
    }

    private void find(long pair, IntConsumer to) {
        int found = Arrays.binarySearch(pairs, pair);
        if (found >= 0) {
            to.accept(words + beginnings + found);
        }
    }
}
