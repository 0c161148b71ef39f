package io.foretide.classification;

import static io.foretide.classification.Samples.epochs;
import static io.foretide.classification.Samples.sentences;
import static io.foretide.classification.Samples.waves;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foretide.network.CellType;
import io.foretide.network.NetworkOptions;
import io.foretide.network.TrainingMonitor;
import io.foretide.network.TrainingResources;
import io.foretide.problem.ProblemException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Classifiers that are networks alone. */
class WithoutPatternsTest {
    private static final ClassifyOptions ALONE = new ClassifyOptions(null, null, null, null, null, Patterns.NONE);

    static Stream<List<LabelledSequence>> data() {
        return Stream.of(waves(60, 2, 1), sentences(60, 1));
    }

    private static TrainedClassifier train(List<LabelledSequence> data, int epochs) {
        return Samples.train(data, ALONE, Samples.network(CellType.GRU, 1, 1), epochs(epochs));
    }

    @Test
    void learnByThemselves() {
        Classifier classifier = train(waves(120, 1, 1), 30).classifier();

        var measures = ClassificationMeasures.of(classifier, waves(60, 1, 2));

        assertThat(classifier.settings().patterns()).isZero();
        assertThat(measures.accuracy()).isGreaterThan(0.85);
    }

    @ParameterizedTest
    @MethodSource("data")
    void areTheSameFromTheirArtifact(List<LabelledSequence> data) {
        TrainedClassifier trained = train(data, 2);

        Classifier read = ClassifierArtifact.read(trained.artifact());

        assertThat(ClassifierArtifact.write(read)).isEqualTo(trained.artifact());
        assertThat(read.classify(data.getFirst().content()).probabilities())
                .isEqualTo(
                        trained.classifier().classify(data.getFirst().content()).probabilities());
    }

    @ParameterizedTest
    @MethodSource("data")
    void walkAsTheyPredictAlsoFromAPackedState(List<LabelledSequence> data) throws Exception {
        Classifier classifier = train(data, 2).classifier();
        Sequence sequence = data.getFirst().content();
        ClassifierState state = classifier.initialState();

        switch (sequence) {
            case Text(String text) -> {
                classifier.observe(state, text.substring(0, 5));
                state = classifier.unpack(classifier.pack(state));
                classifier.observe(state, text.substring(5));
            }
            case Values values -> {
                for (int step = 0; step < values.steps(); step++) {
                    classifier.observe(state, new double[] {values.at(step, 0), values.at(step, 1)});
                    state = classifier.unpack(classifier.pack(state));
                }
            }
        }

        assertThat(classifier.classification(state).probabilities())
                .isEqualTo(classifier.classify(sequence).probabilities());
    }

    @Test
    void areTrainedOnWithoutThem() {
        List<LabelledSequence> data = waves(60, 1, 1);
        Classifier parent = train(data, 2).classifier();
        var trainer = new ClassifierTrainer(new TrainingResources(1, 1L << 30)).startingFrom(parent);
        var asked = new ClassifyOptions(null, null, null, null, null, Patterns.AUTO);

        Classifier child = trainer.train(
                        data, ClassifyOptions.NONE, NetworkOptions.NONE, epochs(1), TrainingMonitor.SILENT)
                .classifier();

        assertThat(child.settings().patterns()).isZero();
        assertThatThrownBy(() -> trainer.check(data, asked, NetworkOptions.NONE, epochs(1)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("classify.patterns");
    }
}
