package io.foretide.classification;

import static io.foretide.classification.Samples.epochs;
import static io.foretide.classification.Samples.network;
import static io.foretide.classification.Samples.sentences;
import static io.foretide.classification.Samples.train;
import static io.foretide.classification.Samples.waves;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.foretide.network.CellType;
import io.foretide.network.EpochLoss;
import io.foretide.network.NetworkOptions;
import io.foretide.network.StopReason;
import io.foretide.network.TrainingMonitor;
import io.foretide.network.TrainingOptions;
import io.foretide.network.TrainingResources;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ClassifierTrainerTest {
    private static double accuracy(TrainedClassifier trained, List<LabelledSequence> sequences) {
        return ClassificationMeasures.of(trained.classifier(), sequences).accuracy();
    }

    @ParameterizedTest
    @EnumSource(CellType.class)
    void learnsToTellWavesApart(CellType cell) {
        TrainedClassifier trained = train(waves(80, 1, 1), ClassifyOptions.NONE, network(cell, 1, 2), epochs(10));

        assertThat(accuracy(trained, waves(60, 1, 2))).isGreaterThan(0.95);
        assertThat(trained.classifier().settings().network().cell()).isEqualTo(cell);
        assertThat(trained.members()).hasSize(2);
        assertThat(trained.losses()).hasSize(20);
    }

    @Test
    void learnsWhichWordsMatter() {
        TrainedClassifier trained = train(sentences(120, 1), ClassifyOptions.NONE, network(null, 1, 2), epochs(4));

        assertThat(accuracy(trained, sentences(60, 2))).isGreaterThan(0.95);
    }

    @Test
    void holdsOutSequencesOfAllLabelsThatItHasNeverSeen() {
        List<LabelledSequence> data = waves(60, 1, 1);

        TrainedClassifier trained = train(data, ClassifyOptions.NONE, network(null, 1, 1), epochs(1));

        List<LabelledSequence> heldOut = trained.heldOut().of(data);
        assertThat(heldOut).hasSize(6).extracting(LabelledSequence::label).contains("fast", "slow");
        assertThat(data)
                .allSatisfy(one -> assertThat(trained.classifier().hasSeen(one)).isNotEqualTo(heldOut.contains(one)));
    }

    @ParameterizedTest
    @CsvSource({"4999, 0.1", "5000, 0.05"})
    void ofManySequencesATwentiethIsHeldOut(int sequences, double share) {
        var planned = ClassifierPlan.of(
                sentences(sequences, 1), ClassifyOptions.NONE, NetworkOptions.NONE, TrainingOptions.NONE, null);

        assertThat(planned.settings().training().validationSplit()).isEqualTo(share);
        assertThat(planned.chosen()).contains("training.validation_split");
    }

    @Test
    void theSameDataSettingsAndSeedGiveTheSameBytesWhateverTheNumberOfThreads() {
        List<LabelledSequence> data = waves(90, 2, 1);

        byte[] one = train(data, ClassifyOptions.NONE, network(null, 1, 2), epochs(3))
                .artifact();
        byte[] three = new ClassifierTrainer(new TrainingResources(3, 1L << 30))
                .train(data, ClassifyOptions.NONE, network(null, 1, 2), epochs(3), TrainingMonitor.SILENT)
                .artifact();

        assertThat(three).isEqualTo(one);
    }

    @Test
    void goesOnFromAnyStepAsIfItHadNeverStopped() {
        List<LabelledSequence> waves = waves(50, 2, 1), sentences = sentences(50, 1);
        List<Function<TrainingMonitor, TrainedClassifier>> trainings = List.of(
                monitor -> train(waves, ClassifyOptions.NONE, network(CellType.LSTM, 1, 2), epochs(4), monitor),
                monitor -> train(sentences, ClassifyOptions.NONE, network(CellType.GRU, 2, 2), epochs(3), monitor));
        for (Function<TrainingMonitor, TrainedClassifier> training : trainings) {
            TrainedClassifier uninterrupted = training.apply(TrainingMonitor.SILENT);

            var interrupted = new Interruptions(5);
            TrainedClassifier resumed = interrupted.finish(training);

            assertThat(interrupted.resumptions).isPositive();
            assertThat(resumed.artifact()).isEqualTo(uninterrupted.artifact());
            assertThat(resumed.losses()).isEqualTo(uninterrupted.losses());
            assertThat(resumed.members()).isEqualTo(uninterrupted.members());
        }
    }

    @Test
    void endsWhenItIsCancelled() {
        TrainingMonitor impatient = new Ending() {
            @Override
            public boolean cancelled() {
                return true;
            }
        };

        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(
                        () -> train(waves(40, 1, 1), ClassifyOptions.NONE, NetworkOptions.NONE, epochs(2), impatient));
    }

    @Test
    void givesTheMembersThatItHasWhenTimeIsUp() {
        TrainingMonitor shortOfTime = new Ending() {
            @Override
            public boolean outOfTime() {
                return epochs >= 3;
            }
        };

        TrainedClassifier trained =
                train(waves(80, 1, 1), ClassifyOptions.NONE, network(null, 1, 4), epochs(2), shortOfTime);

        assertThat(trained.stoppedBy()).isEqualTo(StopReason.TIME);
        assertThat(trained.members()).hasSizeBetween(1, 2);
        assertThat(trained.classifier().settings().network().members())
                .isEqualTo(trained.members().size());
        assertThat(accuracy(trained, waves(40, 1, 2))).isGreaterThan(0.9);
    }

    /** Hears how many epochs there were, and may end the training. */
    private abstract static class Ending implements TrainingMonitor {
        int epochs;

        @Override
        public void epochFinished(EpochLoss loss, int planned) {
            epochs++;
        }
    }

    @Test
    void goesOnFromAnotherClassifierAndRemembersWhatThatOneHasSeen() {
        List<LabelledSequence> first = waves(40, 1, 1), second = waves(40, 1, 2);
        Classifier parent = train(first, ClassifyOptions.NONE, network(null, 1, 2), epochs(2))
                .classifier();

        TrainedClassifier child = new ClassifierTrainer(new TrainingResources(1, 1L << 30))
                .startingFrom(parent)
                .train(second, ClassifyOptions.NONE, NetworkOptions.NONE, TrainingOptions.NONE, TrainingMonitor.SILENT);

        assertThat(accuracy(child, waves(60, 1, 3))).isGreaterThan(0.95);
        assertThat(first).filteredOn(child.classifier()::hasSeen).hasSize(36);
        assertThat(child.classifier().settings().network())
                .isEqualTo(parent.settings().network());
    }

    @Test
    void goesOnFromAnotherClassifierOfText() {
        Classifier parent = train(sentences(60, 1), ClassifyOptions.NONE, network(null, 1, 2), epochs(2))
                .classifier();

        TrainedClassifier child = new ClassifierTrainer(new TrainingResources(1, 1L << 30))
                .startingFrom(parent)
                .train(sentences(60, 2), ClassifyOptions.NONE, NetworkOptions.NONE, epochs(2), TrainingMonitor.SILENT);

        assertThat(accuracy(child, sentences(60, 3))).isGreaterThan(0.95);
    }

    @Test
    void measuresEachSequenceByItselfWhereThatHelps() {
        List<LabelledSequence> shifted = Samples.shifted(waves(80, 1, 1), 3);

        Classifier classifier = train(shifted, ClassifyOptions.NONE, network(null, 1, 1), epochs(2))
                .classifier();

        assertThat(classifier.settings().normalization()).isEqualTo(Normalization.SEQUENCE);
        assertThat(classifier.streamsInConstantTime()).isFalse();
    }
}
