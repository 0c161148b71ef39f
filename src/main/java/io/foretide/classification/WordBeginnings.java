package io.foretide.classification;

import io.foretide.text.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Beginnings of four to six characters that several words of a vocabulary have in common. They are about what stems are, and
 * tell something of a word that nobody knows. Follows from the vocabulary. Immutable.
 *
 * <p>A word that is not in the vocabulary has a number all the same where its beginning is known: one behind all words.
 */
final class WordBeginnings {
    private static final int SHORTEST = 4, LONGEST = 6;

    private final Vocabulary vocabulary;

    /** Numbers from 0 on, in the order of the first words that have them: the frequent ones first. */
    private final Map<String, Integer> numbers = new HashMap<>();

    /** [words, beginnings] */
    private final int[][] ofNumbers;

    WordBeginnings(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        Map<String, int[]> counts = new HashMap<>();
        vocabulary.known().forEach(word -> of(word).forEach(one -> counts.computeIfAbsent(one, _ -> new int[1])[0]++));
        List<String> texts = new ArrayList<>();
        for (String word : vocabulary.known()) {
            for (String beginning : of(word)) {
                if (counts.getOrDefault(beginning, new int[1])[0] > 1
                        && numbers.putIfAbsent(beginning, texts.size()) == null) {
                    texts.add(beginning);
                }
            }
        }
        int words = vocabulary.size();
        this.ofNumbers = new int[words + texts.size()][];
        ofNumbers[Vocabulary.UNKNOWN] = new int[0];
        for (int i = 1; i < ofNumbers.length; i++) {
            ofNumbers[i] = known(i < words ? vocabulary.token(i) : texts.get(i - words));
        }
    }

    private static List<String> of(String word) {
        List<String> beginnings = new ArrayList<>();
        int length = word.codePointCount(0, word.length());
        for (int count = SHORTEST; count <= Math.min(LONGEST, length); count++) {
            beginnings.add(word.substring(0, word.offsetByCodePoints(0, count)));
        }
        return beginnings;
    }

    private int[] known(String word) {
        return of(word).stream()
                .map(one -> numbers.getOrDefault(one, -1))
                .filter(number -> number >= 0)
                .mapToInt(number -> number)
                .toArray();
    }

    /** How many beginnings there are. */
    int size() {
        return numbers.size();
    }

    /** The number of a word: that in the vocabulary, or behind it that of its longest known beginning, or the unknown one. */
    int number(String word) {
        int number = vocabulary.number(word);
        if (number != Vocabulary.UNKNOWN) {
            return number;
        }
        int[] beginnings = known(word);
        return beginnings.length == 0 ? Vocabulary.UNKNOWN : vocabulary.size() + beginnings[beginnings.length - 1];
    }

    /** The beginnings of the word that a number stands for, from 0 on. */
    int[] of(int number) {
        return ofNumbers[number];
    }
}
