package io.foretide.network;

import static io.foretide.network.TestNetworks.levels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foretide.series.QuantileLevel;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadTest {
    static Stream<Head> heads() {
        return Stream.of(
                new QuantileHead(levels(0.1, 0.5, 0.9), Calibration.none(2, 3)),
                new MeanHead(new double[] {1, 2}),
                new CountHead());
    }

    @ParameterizedTest
    @MethodSource("heads")
    void gradientIsTheSlopeOfTheLoss(Head head) {
        var random = new Random(11);
        for (int trial = 0; trial < 200; trial++) {
            float label = random.nextInt(9);
            float offset = 0.5f + 3 * random.nextFloat();
            float[] outputs = new float[head.width()];
            for (int i = 0; i < outputs.length; i++) {
                outputs[i] = (float) (0.7 * random.nextGaussian());
            }
            float[] gradient = new float[head.width()];
            head.loss(label, offset, outputs, 0, gradient);

            for (int i = 0; i < outputs.length; i++) {
                if (Math.abs(label - outputs[i]) < 0.01) {
                    continue; // the pinball loss has no slope at its kink
                }
                assertThat((double) gradient[i]).isCloseTo(slope(head, label, offset, outputs, i), within(2e-3));
            }
        }
    }

    private static double slope(Head head, float label, float offset, float[] outputs, int index) {
        float step = 1f / 512;
        float[] up = outputs.clone(), down = outputs.clone();
        up[index] += step;
        down[index] -= step;
        float[] ignored = new float[outputs.length];
        return (head.loss(label, offset, up, 0, ignored) - head.loss(label, offset, down, 0, ignored))
                / (up[index] - down[index]);
    }

    /** The mean of the first step. */
    private static double read(
            Head head, double anchor, double scale, float[] outputs, List<QuantileLevel> asked, double[] quantiles) {
        double[] distribution = new double[head.numbers()];
        head.describe(0, anchor, scale, outputs, null, distribution);
        head.quantiles(distribution, Head.Levels.of(asked), quantiles);
        return head.mean(distribution);
    }

    static Stream<Head> distributions() {
        return Stream.concat(
                heads(),
                Stream.of( // the same value at some levels, or at all
                        new QuantileHead(levels(0.1, 0.5, 0.9), new Calibration(1, new double[][] {{0, 1, 1}}, false)),
                        new QuantileHead(levels(0.1, 0.5, 0.9), new Calibration(1, new double[1][3], false)),
                        new MeanHead(new double[] {0})));
    }

    @ParameterizedTest
    @MethodSource("distributions")
    void probabilitiesAreTheInverseOfQuantiles(Head head) {
        double[] distribution = new double[head.numbers()];
        head.describe(0, 3, 2, new float[] {0.5f, 1, 3}, null, distribution);
        var asked = levels(1e-6, 0.01, 0.05, 0.1, 0.2, 0.45, 0.5, 0.7, 0.9, 0.99, 0.9999);
        double[] quantiles = new double[asked.size()];

        head.quantiles(distribution, Head.Levels.of(asked), quantiles);

        for (int i = 0; i < quantiles.length; i++) {
            double level = asked.get(i).value();
            assertThat(head.below(distribution, quantiles[i] - 1e-9)).isLessThan(level);
            assertThat(head.below(distribution, quantiles[i])).isLessThanOrEqualTo(level + 1e-9);
            assertThat(head.notAbove(distribution, quantiles[i])).isGreaterThanOrEqualTo(level - 1e-9);
            assertThat(head.notAbove(distribution, quantiles[i] + 1e-9)).isGreaterThan(level);
        }
        assertThat(head.below(distribution, -1e300)).isZero();
        assertThat(head.notAbove(distribution, 1e300)).isEqualTo(1);
    }

    @Test
    void quantileHeadReadsEveryLevelOfANormalDistribution() {
        var known = levels(0.1, 0.3, 0.5, 0.8, 0.95);
        var normal = NormalDistribution.of(0, 1);
        float[] outputs = new float[known.size()];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] =
                    (float) normal.inverseCumulativeProbability(known.get(i).value());
        }
        var asked = levels(0.001, 0.1, 0.42, 0.5, 0.97, 0.9999);
        double[] quantiles = new double[asked.size()];

        var head = new QuantileHead(known, Calibration.none(1, known.size()));
        double mean = read(head, 50, 10, outputs, asked, quantiles);

        assertThat(mean).isCloseTo(50, within(1e-5));
        for (int i = 0; i < quantiles.length; i++) {
            double expected =
                    50 + 10 * normal.inverseCumulativeProbability(asked.get(i).value());
            assertThat(quantiles[i]).isCloseTo(expected, within(1e-4));
        }
    }

    @Test
    void crossedOutputsAreReadInOrder() {
        double[] quantiles = new double[3];

        var head = new QuantileHead(levels(0.1, 0.5, 0.9), Calibration.none(2, 3));
        read(head, 0, 1, new float[] {3, 1, 2}, levels(0.1, 0.5, 0.9), quantiles);

        assertThat(quantiles).isSorted();
    }

    @Test
    void countQuantilesAreTheSmallestCountsThatReachTheirLevel() {
        var asked = levels(0.01, 0.25, 0.5, 0.9, 0.999);
        for (double[] parameters : List.of(new double[] {0.2, 0.5}, new double[] {4, 2}, new double[] {300, 10})) {
            float[] outputs = {(float) Math.log(parameters[0]), (float) -Math.log(parameters[1])};
            double[] quantiles = new double[asked.size()];

            double mu = read(new CountHead(), 1, 1, outputs, asked, quantiles);

            assertThat(mu).isCloseTo(parameters[0], within(1e-4 * parameters[0]));
            for (int i = 0; i < quantiles.length; i++) {
                double level = asked.get(i).value();
                assertThat(cumulative(quantiles[i], mu, parameters[1])).isGreaterThanOrEqualTo(level - 1e-6);
                assertThat(cumulative(quantiles[i] - 1, mu, parameters[1])).isLessThan(level + 1e-6);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e17, 9e99, 1.1e100, 3e153})
    void quantilesOfHugeCountsAreFound(double mean) {
        var asked = levels(0.1, 0.5, 0.9999);
        double[] quantiles = new double[asked.size()];

        read(new CountHead(), mean, 1, new float[] {0, 2}, asked, quantiles);

        assertThat(quantiles).isSorted();
        assertThat(quantiles[1]).isBetween(1e-2 * mean, mean);
    }

    @Test
    void labelsOfNextToNoScaleHaveAFiniteSquaredLoss() {
        var head = new MeanHead(new double[] {1});

        double label = head.label(1e300, 0, 1e-300);

        assertThat(head.loss((float) label, 0, new float[1], 0, new float[1])).isFinite();
    }

    /** The sum of the negative binomial probabilities 0 … count, by their recurrence. */
    private static double cumulative(double count, double mu, double r) {
        double probability = Math.pow(r / (r + mu), r);
        double sum = 0;
        for (int k = 0; k <= count; k++) {
            sum += probability;
            probability *= (k + r) / (k + 1) * mu / (r + mu);
        }
        return sum;
    }
}
