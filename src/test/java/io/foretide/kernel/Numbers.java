package io.foretide.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** Arrays of random numbers, and the sizes at which loops over lanes go wrong. */
final class Numbers {
    private Numbers() {}

    /** From 1 to 129 around multiples of lanes and of panels, and two beyond. */
    static IntStream awkwardSizes() {
        return IntStream.of(
                1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 48, 63, 64, 65, 96, 127, 128, 129, 200, 257);
    }

    /** Normal, with a standard deviation of 0.4. */
    static float[] random(Random random, int length) {
        float[] numbers = new float[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = (float) (0.4 * random.nextGaussian());
        }
        return numbers;
    }

    /** Bit for bit: 0 is not −0, and NaN is NaN. */
    static void assertSame(float[] actual, float[] expected) {
        if (!Arrays.equals(actual, expected)) { // which is much faster than its message
            assertThat(actual).containsExactly(expected);
        }
    }
}
