package io.foretide.kernel;

import java.util.Arrays;

/**
 * The sums of a reduction under way: element j of a segment goes to sum {@code j % 16}, and the sums are added in a tree.
 * The shape is the same for every vector width, and so is the result. Belongs to one thread.
 */
final class Stripes {
    final float[] sums = new float[FloatOps.STRIPES];

    void clear() {
        Arrays.fill(sums, 0);
    }

    /** Ends the reduction. */
    float total() {
        for (int half = sums.length / 2; half > 0; half /= 2) {
            for (int s = 0; s < half; s++) {
                sums[s] += sums[s + half];
            }
        }
        return sums[0];
    }
}
