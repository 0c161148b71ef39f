package io.foretide.classification;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.text.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WordPatternFitTest {
    private static final String[] OTHERS = {"one", "two", "three", "four", "five", "six", "seven", "eight"};

    private final Random random = new Random(3);

    private String other() {
        return OTHERS[random.nextInt(OTHERS.length)];
    }

    /** How many texts that are left out get the label that is true. */
    private static double accuracy(List<Text> texts, int[] truth, int labels) {
        int[] folds = new int[truth.length];
        for (int i = 0; i < folds.length; i++) {
            folds[i] = i % 5;
        }
        WordReader reader = WordReader.of(Tokenizer.LOWER_CASE_WORDS, texts, 100, Deadline.NONE);
        var learned = new WordPatternFit.Texts(texts.stream().map(reader::words).toList(), truth, labels, folds);
        double[][] leftOut =
                new WordPatternFit(learned, reader, 1, Deadline.NONE).fit().leftOut();
        double right = 0;
        for (int i = 0; i < truth.length; i++) {
            right += Labels.mostProbable(leftOut[i]) == truth[i] ? 1.0 / truth.length : 0;
        }
        return right;
    }

    @Test
    void learnsWhichWordsGoTogetherAcrossAnother() {
        String[] first = {"red", "blue"}, last = {"dog", "cat"};
        List<Text> texts = new ArrayList<>();
        int[] truth = new int[200];
        for (int i = 0; i < truth.length; i++) {
            int a = random.nextInt(2), b = random.nextInt(2);
            texts.add(new Text(String.join(" ", other(), first[a], other(), last[b], other())));
            truth[i] = a == b ? 1 : 0;
        }

        assertThat(accuracy(texts, truth, 2)).isGreaterThan(0.95);
    }

    @Test
    void learnsMoreLabelsThanTwo() {
        String[][] words = {{"sun", "warm"}, {"rain", "wet"}, {"snow", "cold"}};
        List<Text> texts = new ArrayList<>();
        int[] truth = new int[150];
        for (int i = 0; i < truth.length; i++) {
            truth[i] = i % 3;
            texts.add(new Text(String.join(" ", other(), words[truth[i]][random.nextInt(2)], other(), other())));
        }

        assertThat(accuracy(texts, truth, 3)).isGreaterThan(0.95);
    }

    /** Each pair is there twice, with the same label, and in two folds: who knows one of them does not know it for a pattern. */
    @Test
    void doesNotKnowThePairsOfTextsThatAreLeftOut() {
        List<Text> texts = new ArrayList<>();
        int[] truth = new int[200];
        for (int i = 0; i < truth.length; i += 2) {
            var text = new Text("a%d b%d".formatted(i / 20, i / 2 % 10));
            texts.addAll(List.of(text, text));
            truth[i] = truth[i + 1] = random.nextInt(2);
        }

        assertThat(accuracy(texts, truth, 2)).isLessThan(0.8);
    }
}
