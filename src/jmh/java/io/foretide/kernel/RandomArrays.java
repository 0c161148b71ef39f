package io.foretide.kernel;

import java.util.Random;

/** Numbers to compute with. */
final class RandomArrays {
    private RandomArrays() {}

    /** With a standard deviation of 0.1, which keeps states away from where squashing is flat. */
    static float[] normal(Random random, int length) {
        float[] numbers = new float[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = (float) (0.1 * random.nextGaussian());
        }
        return numbers;
    }
}
