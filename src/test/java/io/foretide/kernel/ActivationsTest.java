package io.foretide.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ActivationsTest {
    @Test
    void tanhIsWithinThreeTenMillionthsEverywhere() {
        for (float x = -12; x <= 12; x += 0.0007f) {
            assertThat((double) Activations.tanh(x)).isCloseTo(StrictMath.tanh(x), within(3e-7));
        }
    }

    @Test
    void sigmoidIsWithinThreeTenMillionthsEverywhere() {
        for (float x = -24; x <= 24; x += 0.0013f) {
            assertThat((double) Activations.sigmoid(x)).isCloseTo(1 / (1 + StrictMath.exp(-x)), within(3e-7));
        }
    }

    @Test
    void tanhIsOddAndSaturates() {
        assertThat(Activations.tanh(0)).isZero();
        assertThat(Activations.tanh(-1.25f)).isEqualTo(-Activations.tanh(1.25f));
        assertThat(Activations.tanh(1e30f)).isEqualTo(1, within(1e-6f));
        assertThat(Activations.tanh(Float.NEGATIVE_INFINITY)).isEqualTo(-1, within(1e-6f));
    }

    @Test
    void segmentsLeaveTheirSurroundingsAlone() {
        float[] values = {-1, -1, -1, -1};

        Activations.relu(values, 1, 3);

        assertThat(values).containsExactly(-1, 0, 0, -1);
    }

    @Test
    void reluStopsBeforeItIsNoNumber() {
        float[] values = {Float.POSITIVE_INFINITY, 1e30f, 7};

        Activations.relu(values, 0, 3);

        assertThat(values).containsExactly(1e9f, 1e9f, 7);
    }
}
