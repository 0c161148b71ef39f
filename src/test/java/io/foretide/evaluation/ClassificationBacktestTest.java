package io.foretide.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foretide.classification.Classifier;
import io.foretide.classification.ClassifierTrainer;
import io.foretide.classification.ClassifyOptions;
import io.foretide.classification.LabelledSequence;
import io.foretide.classification.Values;
import io.foretide.network.NetworkOptions;
import io.foretide.network.TrainingMonitor;
import io.foretide.network.TrainingOptions;
import io.foretide.network.TrainingResources;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ClassificationBacktestTest {
    private static final int SOME = 300;

    private static Classifier good;
    private static Classifier confused;

    @BeforeAll
    static void train() {
        good = train(slopes(60, 1, label -> label));
        var random = new Random(3);
        confused = train(slopes(60, 1, _ -> random.nextBoolean() ? "up" : "down"));
    }

    private static Classifier train(List<LabelledSequence> data) {
        var network = new NetworkOptions(null, 4, 1, null, null, null, 1);
        var training = new TrainingOptions(3, null, null, null, null, null, null, null, null, 1L, null);
        return new ClassifierTrainer(new TrainingResources(1, 1L << 30))
                .train(data, ClassifyOptions.NONE, network, training, TrainingMonitor.SILENT)
                .classifier();
    }

    /** A third of them go up. */
    private static List<LabelledSequence> slopes(int count, long seed, UnaryOperator<String> label) {
        var random = new Random(seed);
        List<LabelledSequence> data = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int slope = i % 3 == 0 ? 1 : -1;
            double[] numbers = new double[12];
            for (int step = 0; step < numbers.length; step++) {
                numbers[step] = slope * step + random.nextGaussian();
            }
            data.add(new LabelledSequence("s" + i, label.apply(slope > 0 ? "up" : "down"), Values.of(numbers)));
        }
        return data;
    }

    private static ClassificationReport report(Classifier model, List<LabelledSequence> sequences) {
        return ClassificationBacktest.run(model, sequences, () -> true).orElseThrow();
    }

    @Test
    void measuresAModelBesideTheSharesOfTheLabelsInItsTraining() {
        List<LabelledSequence> sequences = slopes(SOME, 2, label -> label);

        ClassificationReport report = report(good, sequences);

        assertThat(report.sequences()).isEqualTo(SOME);
        assertThat(report.majority().accuracy()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(report.majority().logLoss())
                .isCloseTo(-(Math.log(1.0 / 3) + 2 * Math.log(2.0 / 3)) / 3, within(0.01));
        assertThat(report.majority().auc()).isEqualTo(0.5);
        assertThat(report.model().accuracy()).isGreaterThan(0.95);
        assertThat(report.model().logLoss()).isLessThan(report.majority().logLoss());
    }

    @Test
    void countsWhichLabelIsTakenForWhich() {
        ClassificationReport report = report(good, slopes(SOME, 2, label -> label));

        assertThat(report.confusion()).containsOnlyKeys("down", "up");
        assertThat(report.confusion().get("down").stream().mapToInt(i -> i).sum())
                .isEqualTo(2 * SOME / 3);
        assertThat(report.confusion().get("up").get(1)).isGreaterThan(95);
    }

    @Test
    void endsWhereItIsToldTo() {
        List<LabelledSequence> sequences = slopes(SOME, 2, label -> label);
        var asked = new AtomicInteger();

        var some = ClassificationBacktest.run(good, sequences, () -> asked.incrementAndGet() < 2);

        assertThat(some.orElseThrow().sequences()).isBetween(1, SOME - 1);
        assertThat(ClassificationBacktest.run(good, sequences, () -> false)).isEmpty();
        assertThat(ClassificationBacktest.compare(good, confused, sequences, () -> false)
                        .challengerIsBetter())
                .isFalse();
    }

    @Test
    void comparesTwoModelsByTheLogLossThatEachReports() {
        List<LabelledSequence> sequences = slopes(SOME, 2, label -> label);

        Comparison comparison = ClassificationBacktest.compare(good, confused, sequences, () -> true);

        assertThat(comparison.items()).isEqualTo(SOME);
        assertThat(comparison.challengerIsBetter()).isTrue();
        assertThat(comparison.challenger())
                .isCloseTo(report(good, sequences).model().logLoss(), within(1e-9));
        assertThat(comparison.champion())
                .isCloseTo(report(confused, sequences).model().logLoss(), within(1e-9));
    }

    @Test
    void takesALabelThatAModelDoesNotKnowForTheLeastProbable() {
        List<LabelledSequence> strange = slopes(30, 2, label -> label + "wards");
        Classifier knows = train(slopes(60, 1, label -> label + "wards"));

        Comparison comparison = ClassificationBacktest.compare(knows, good, strange, () -> true);

        assertThat(comparison.challengerIsBetter()).isTrue();
        assertThat(comparison.champion()).isCloseTo(-Math.log(1e-15), within(1e-9));
    }
}
