package io.foretide.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DropoutTest {
    private static final int COUNT = 100_000;

    @Test
    void leavesOutAsManyAsAskedForAndKeepsTheMean() {
        float[] factors = factors(0.3, 5);

        int zeros = 0;
        double sum = 0;
        for (float factor : factors) {
            zeros += factor == 0 ? 1 : 0;
            sum += factor;
        }

        assertThat((double) zeros / COUNT).isCloseTo(0.3, within(0.01));
        assertThat(sum / COUNT).isCloseTo(1, within(0.01));
        assertThat(factors).containsOnly(0, (float) (1 / 0.7));
    }

    @Test
    void followsFromTheSeed() {
        assertThat(factors(0.5, 1)).isEqualTo(factors(0.5, 1)).isNotEqualTo(factors(0.5, 2));
    }

    @Test
    void neighboursAreIndependent() {
        float[] factors = factors(0.5, 3);
        int same = 0;
        for (int i = 1; i < COUNT; i++) {
            same += factors[i] == factors[i - 1] ? 1 : 0;
        }

        assertThat((double) same / COUNT).isCloseTo(0.5, within(0.01));
    }

    private static float[] factors(double probability, long seed) {
        float[] factors = new float[COUNT];
        Dropout.fill(factors, 0, COUNT, probability, seed);
        return factors;
    }
}
