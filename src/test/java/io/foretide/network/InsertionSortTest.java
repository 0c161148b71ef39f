package io.foretide.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InsertionSortTest {
    private static final float[] SPECIAL = {0f, -0f, Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 1, 1};

    @Test
    void putsAnyNumbersInTheOrderOfTheLibrary() {
        var random = new Random(5);
        for (int trial = 0; trial < 2000; trial++) {
            double[] doubles = new double[trial % 14];
            float[] floats = new float[doubles.length + 4];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = trial % 2 == 0 ? SPECIAL[random.nextInt(SPECIAL.length)] : (float) random.nextGaussian();
            }
            for (int i = 0; i < doubles.length; i++) {
                doubles[i] = floats[i];
            }
            double[] expectedDoubles = doubles.clone();
            float[] expectedFloats = floats.clone();
            Arrays.sort(expectedDoubles);
            Arrays.sort(expectedFloats, 2, floats.length - 2);

            InsertionSort.sort(doubles);
            InsertionSort.sort(floats, 2, floats.length - 2);

            // Arrays.equals tells −0 from 0.
            assertThat(Arrays.equals(doubles, expectedDoubles)).isTrue();
            assertThat(Arrays.equals(floats, expectedFloats)).isTrue();
        }
    }
}
