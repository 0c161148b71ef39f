package io.foretide.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.numbers.gamma.Digamma;
import org.apache.commons.numbers.gamma.LogGamma;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LossesTest {
    private static final FloatOps fastest = Kernel.fastest();

    @ParameterizedTest
    @ValueSource(doubles = {1e-4, 0.01, 0.5, 1, 1.4616, 2, 3.7, 11.99, 12, 50, 1e4, 1e9})
    void gammaFunctionsAreThoseOfTheTables(double x) {
        assertThat(Losses.logGamma(x))
                .isCloseTo(LogGamma.value(x), within(1e-12 * Math.max(1, Math.abs(LogGamma.value(x)))));
        assertThat(Losses.digamma(x))
                .isCloseTo(Digamma.value(x), within(1e-11 * Math.max(1, Math.abs(Digamma.value(x)))));
    }

    @ParameterizedTest(name = "y {0}, μ {1}, r {2}")
    @CsvSource({"0,1,1", "3,2.5,0.7", "100,40,10", "1,0.001,0.001", "0,1000,50"})
    void negativeBinomialGradientIsAFiniteDifference(double y, double mu, double r) {
        float[] gradient = new float[3], unused = new float[3];
        double e = 1e-5;

        Losses.negativeBinomial(y, mu, r, gradient, 1);

        double byMean = (Losses.negativeBinomial(y, mu * Math.exp(e), r, unused, 0)
                        - Losses.negativeBinomial(y, mu * Math.exp(-e), r, unused, 0))
                / (2 * e);
        double byDispersion = (Losses.negativeBinomial(y, mu, r * Math.exp(-e), unused, 0)
                        - Losses.negativeBinomial(y, mu, r * Math.exp(e), unused, 0))
                / (2 * e);
        assertThat((double) gradient[1]).isCloseTo(byMean, within(1e-5 * Math.max(1, Math.abs(byMean))));
        assertThat((double) gradient[2]).isCloseTo(byDispersion, within(1e-5 * Math.max(1, Math.abs(byDispersion))));
    }

    @Test
    void crossEntropyIsTheLogarithmOfTheProbabilityAndItsGradientAFiniteDifference() {
        float[] logits = Arrays.copyOf(Numbers.random(new Random(3), 41), 64), gradient = logits.clone();
        double[] reference = new double[41];
        for (int i = 0; i < 41; i++) {
            reference[i] = logits[i];
        }

        double loss = Losses.crossEntropy(fastest, 7, gradient, 0, 41, 2, new Stripes());

        assertThat(loss).isCloseTo(crossEntropy(reference, 7), within(1e-6));
        for (int i = 0; i < 41; i++) {
            double value = reference[i];
            reference[i] = value + 1e-5;
            double above = crossEntropy(reference, 7);
            reference[i] = value - 1e-5;
            double slope = (above - crossEntropy(reference, 7)) / 2e-5;
            reference[i] = value;
            assertThat((double) gradient[i]).isCloseTo(2 * slope, within(1e-6));
        }
        assertThat(Arrays.copyOfRange(gradient, 41, 64)).containsOnly(0);
    }

    @Test
    void aLabelThatIsNotThereCountsForNothing() {
        float[] logits = Numbers.random(new Random(3), 32);

        assertThat(Losses.crossEntropy(fastest, -1, logits, 0, 30, 1, new Stripes()))
                .isZero();

        assertThat(logits).containsOnly(0);
    }

    private static double crossEntropy(double[] logits, int label) {
        return Math.log(Arrays.stream(logits).map(Math::exp).sum()) - logits[label];
    }
}
