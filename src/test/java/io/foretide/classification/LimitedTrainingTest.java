package io.foretide.classification;

import static io.foretide.classification.Samples.epochs;
import static io.foretide.classification.Samples.network;
import static io.foretide.classification.Samples.sentences;
import static io.foretide.classification.Samples.train;
import static io.foretide.classification.Samples.waves;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.foretide.network.NetworkOptions;
import io.foretide.network.TrainedMember;
import io.foretide.network.TrainingMonitor;
import io.foretide.network.TrainingOptions;
import io.foretide.network.TrainingResources;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trainings that are short of time, or cancelled, while patterns are looked for or networks are measured. */
class LimitedTrainingTest {
    static Stream<List<LabelledSequence>> data() {
        return Stream.of(waves(60, 1, 1), sentences(60, 1));
    }

    private static TrainedClassifier trained(List<LabelledSequence> data, TrainingMonitor monitor) {
        return train(data, ClassifyOptions.NONE, network(null, 1, 2), epochs(2), monitor);
    }

    /** Ends the search for patterns at the n-th question. */
    private static final class ShortOfTime extends Answers {
        private ShortOfTime(long last) {
            super(last);
        }

        @Override
        public boolean outOfTimeToPrepare() {
            return answer();
        }
    }

    /** Cancels at the n-th question. */
    private static final class Cancelling extends Answers {
        private Cancelling(long last) {
            super(last);
        }

        @Override
        public boolean cancelled() {
            return answer();
        }
    }

    @ParameterizedTest
    @MethodSource("data")
    void doesWithoutPatternsWhereThereIsNoTimeToFindThem(List<LabelledSequence> data) {
        for (long last : new long[] {1, 30, 150}) {
            TrainedClassifier trained = trained(data, new ShortOfTime(last));

            Classifier classifier = ClassifierArtifact.read(trained.artifact());
            assertThat(classifier.settings().patterns()).isZero();
            assertThat(trained.members()).hasSize(2);
            assertThat(classifier.classify(data.getFirst().content()).probabilities())
                    .hasSize(2);
        }
    }

    @ParameterizedTest
    @MethodSource("data")
    void keepsThePatternsThatItHasWhereThereIsNoTimeForBetterOnes(List<LabelledSequence> data) {
        var unhurried = new ShortOfTime(Long.MAX_VALUE);
        trained(data, unhurried);

        Classifier classifier =
                trained(data, new ShortOfTime(unhurried.questions - 5)).classifier();

        assertThat(classifier.settings().patterns()).isPositive();
        assertThat(ClassificationMeasures.of(classifier, data).accuracy()).isGreaterThan(0.9);
    }

    @ParameterizedTest
    @MethodSource("data")
    void heedsACancelWhereverItLooksForPatterns(List<LabelledSequence> data) {
        var unhurried = new ShortOfTime(Long.MAX_VALUE);
        trained(data, unhurried);
        for (int part = 0; part < 8; part++) {
            var cancelling = new Cancelling(1 + part * unhurried.questions / 8);

            assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> trained(data, cancelling));

            assertThat(cancelling.questions).isEqualTo(1 + part * unhurried.questions / 8);
        }
    }

    @Test
    void trainsOnWithoutPatternsToo() {
        List<LabelledSequence> data = waves(60, 1, 1);
        Classifier parent = trained(data, TrainingMonitor.SILENT).classifier();

        Classifier child = new ClassifierTrainer(new TrainingResources(1, 1L << 30))
                .startingFrom(parent)
                .train(data, ClassifyOptions.NONE, NetworkOptions.NONE, epochs(1), new ShortOfTime(1))
                .classifier();

        assertThat(parent.settings().patterns()).isPositive();
        assertThat(child.settings().patterns()).isZero();
    }

    @ParameterizedTest
    @MethodSource("data")
    void blendsByWhatWasSaidInTime(List<LabelledSequence> data) {
        for (long last : new long[] {1, 200, 500}) {
            Classifier classifier = trained(data, new Answers(last) {
                        @Override
                        public boolean outOfTimeToMeasure() {
                            return answer();
                        }
                    })
                    .classifier();

            assertThat(ClassificationMeasures.of(classifier, data).accuracy()).isGreaterThan(0.9);
        }
    }

    @Test
    void takesTheBestOfTheEpochsThatItHadTimeToMeasure() {
        var once = new Answers(1) {
            private int epochs;

            @Override
            public void measuring() {
                epochs++;
            }

            @Override
            public boolean outOfTimeToMeasure() {
                return epochs > 1;
            }
        };
        TrainedClassifier trained = train(waves(60, 1, 1), ClassifyOptions.NONE, network(null, 1, 1), epochs(4), once);

        assertThat(trained.members()).containsExactly(new TrainedMember(1, 4));
    }

    @Test
    void aLearningRateThatIsGivenStaysWhatItIs() {
        List<LabelledSequence> data = waves(60, 1, 1);

        assertThat(secondLoss(data, 0.01, 2)).isEqualTo(secondLoss(data, 0.01, 6));
        assertThat(secondLoss(data, null, 2))
                .as("a chosen one falls to zero over the epochs")
                .isNotEqualTo(secondLoss(data, null, 6));
    }

    private static double secondLoss(List<LabelledSequence> data, @Nullable Double rate, int epochs) {
        var training = new TrainingOptions(epochs, 16, rate, null, null, null, null, null, null, 7L, null);
        return train(data, ClassifyOptions.NONE, network(null, 1, 1), training)
                .losses()
                .get(1)
                .trainLoss();
    }
}
