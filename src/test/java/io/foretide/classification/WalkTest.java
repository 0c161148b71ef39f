package io.foretide.classification;

import static io.foretide.classification.Samples.epochs;
import static io.foretide.classification.Samples.network;
import static io.foretide.classification.Samples.normalized;
import static io.foretide.classification.Samples.sentences;
import static io.foretide.classification.Samples.train;
import static io.foretide.classification.Samples.waves;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.foretide.network.CellType;
import io.foretide.network.UnreadableStateException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Classifying a sequence is walking it, however it is walked. */
class WalkTest {
    private static Classifier ofValues(CellType cell, Normalization normalization) {
        return train(waves(40, 3, 1), normalized(normalization), network(cell, 2, 2), epochs(2))
                .classifier();
    }

    private static Classifier ofText() {
        return train(sentences(60, 1), ClassifyOptions.NONE, network(null, 1, 2), epochs(2))
                .classifier();
    }

    private static void walk(Classifier classifier, ClassifierState state, Sequence sequence, Random random) {
        switch (sequence) {
            case Values values -> {
                for (int step = 0; step < values.steps(); step++) {
                    classifier.observe(state, values.step(step));
                }
            }
            case Text(String text) -> {
                for (int at = 0; at < text.length(); ) {
                    int to = Math.min(text.length(), at + 1 + random.nextInt(4));
                    classifier.observe(state, text.substring(at, to));
                    classifier.classification(state);
                    at = to;
                }
            }
        }
    }

    private static void assertSame(Classification actual, Classification expected) {
        assertThat(actual.probabilities()).containsExactly(expected.probabilities());
        assertThat(actual.label()).isEqualTo(expected.label());
    }

    @ParameterizedTest
    @CsvSource({"SIMPLE_RNN,DATA", "LSTM,DATA", "GRU,DATA", "GRU,SEQUENCE"})
    void aStreamOfValuesEndsWhereAPredictionDoes(CellType cell, Normalization normalization) {
        Classifier classifier = ofValues(cell, normalization);

        for (LabelledSequence sequence : waves(5, 3, 2)) {
            ClassifierState state = classifier.initialState();
            walk(classifier, state, sequence.content(), new Random(1));

            assertSame(classifier.classification(state), classifier.classify(sequence.content()));
        }
        assertThat(classifier.streamsInConstantTime()).isEqualTo(normalization == Normalization.DATA);
    }

    @Test
    void aStreamOfTextEndsWhereAPredictionDoesHoweverItIsCut() {
        Classifier classifier = ofText();
        var random = new Random(3);

        for (LabelledSequence sequence : sentences(20, 2)) {
            ClassifierState state = classifier.initialState();
            walk(classifier, state, sequence.content(), random);

            assertSame(classifier.classification(state), classifier.classify(sequence.content()));
        }
    }

    @Test
    void manySequencesAreClassifiedAsEachAlone() {
        Classifier values = ofValues(CellType.LSTM, Normalization.DATA), text = ofText();
        List<Sequence> waves = new ArrayList<>(), sentences = new ArrayList<>();
        waves(70, 3, 4).forEach(one -> waves.add(one.content()));
        sentences(70, 4).forEach(one -> sentences.add(one.content()));

        List<Classification> ofWaves = values.classify(waves), ofSentences = text.classify(sentences);

        for (int i = 0; i < waves.size(); i++) {
            assertSame(ofWaves.get(i), values.classify(waves.get(i)));
            assertSame(ofSentences.get(i), text.classify(sentences.get(i)));
        }
    }

    @ParameterizedTest
    @EnumSource(Normalization.class)
    void aRestoredStateGoesOnAsIfItHadNeverBeenAway(Normalization normalization) throws UnreadableStateException {
        Classifier classifier = ofValues(CellType.LSTM, normalization);
        Values first = (Values) waves(1, 3, 5).getFirst().content();
        Values second = (Values) waves(1, 3, 6).getFirst().content();
        ClassifierState state = classifier.initialState();
        walk(classifier, state, first, new Random(1));

        ClassifierState restored = classifier.unpack(classifier.pack(state));
        ClassifierState copy = state.copy();
        walk(classifier, state, second, new Random(1));
        walk(classifier, restored, second, new Random(1));

        assertSame(classifier.classification(restored), classifier.classification(state));
        assertThat(restored.steps()).isEqualTo(state.steps());
        assertSame(classifier.classification(copy), classifier.classify(first));
    }

    @Test
    void aRestoredTextGoesOnInTheMiddleOfAWord() throws UnreadableStateException {
        Classifier classifier = ofText();
        ClassifierState state = classifier.initialState();
        classifier.observe(state, "the film was gre");

        ClassifierState restored = classifier.unpack(classifier.pack(state));
        classifier.observe(restored, "at.");

        assertSame(classifier.classification(restored), classifier.classify(new Text("the film was great.")));
    }

    @Test
    void aRestoredTextGoesOnWithinACharacter() throws UnreadableStateException {
        Classifier classifier = ofText();
        ClassifierState state = classifier.initialState();
        classifier.observe(state, "the film was great \ud83d");

        ClassifierState restored = classifier.unpack(classifier.pack(state));
        classifier.observe(state, "\ude00");
        classifier.observe(restored, "\ude00");

        assertThat(classifier.pack(restored)).isEqualTo(classifier.pack(state));
        assertSame(
                classifier.classification(restored), classifier.classify(new Text("the film was great \ud83d\ude00")));
    }

    @Test
    void beforeTheFirstStepLabelsAreAsProbableAsTheyWereFrequent() {
        Classifier classifier = ofText();

        Classification classification = classifier.classification(classifier.initialState());

        assertThat(classification.probabilities()).containsExactly(new double[] {0.5, 0.5}, within(1e-9));
    }

    @Test
    void wordsThatNobodyKnowsAreNoProblem() {
        Classification classification = ofText().classify(new Text("xyzzy plugh"));

        assertThat(classification.probabilities()[0] + classification.probabilities()[1])
                .isBetween(1 - 1e-12, 1 + 1e-12);
    }

    @Test
    void refusesStatesOfOtherNetworksAndThoseThatAreCutOff() {
        Classifier classifier = ofText(), other = ofValues(CellType.GRU, Normalization.DATA);
        byte[] packed = classifier.pack(classifier.initialState());

        assertThatExceptionOfType(UnreadableStateException.class).isThrownBy(() -> other.unpack(packed));
        for (int length = 0; length < packed.length; length += 7) {
            byte[] cut = Arrays.copyOf(packed, length);
            assertThatExceptionOfType(UnreadableStateException.class).isThrownBy(() -> classifier.unpack(cut));
        }
    }
}
