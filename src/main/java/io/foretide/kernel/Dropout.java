package io.foretide.kernel;

/** Factors that leave numbers out at random: 0 with a probability p, else 1/(1 − p), so that the mean stays. */
final class Dropout {
    /** Of the 64 random bits of one draw, each factor takes 16. */
    private static final int BITS = 16;

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private Dropout() {}

    /**
     * Sets factors that follow from the seed and their place alone, whoever computes them.
     *
     * @param n a multiple of 4
     */
    static void fill(float[] factors, int o, int n, double probability, long seed) {
        int left = (int) Math.round(probability * (1 << BITS));
        float kept = (float) (1 / (1 - probability));
        for (int j = 0; j < n; j += 4) {
            long bits = mix(seed + (j + 1) * GOLDEN_GAMMA);
            factors[o + j] = (bits & 0xFFFF) < left ? 0 : kept;
            factors[o + j + 1] = (bits >>> BITS & 0xFFFF) < left ? 0 : kept;
            factors[o + j + 2] = (bits >>> 2 * BITS & 0xFFFF) < left ? 0 : kept;
            factors[o + j + 3] = (bits >>> 3 * BITS) < left ? 0 : kept;
        }
    }

    /** Scrambles a number: the finalizer of SplittableRandom (Stafford's variant 13). */
    static long mix(long number) {
        long z = (number ^ number >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
