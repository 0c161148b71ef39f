package io.foretide.kernel;

/** Probabilities from outputs, to the same bits on every processor. Belongs to one thread at a time. */
public final class Softmax {
    private final FloatOps ops = Kernel.fastest();
    private final Stripes stripes = new Stripes();

    /** The least length of an array that holds so many outputs. */
    public static int room(int outputs) {
        return FloatOps.padded(outputs);
    }

    /**
     * a ← exp(a) / Σ exp(a), in place.
     *
     * @param n how many outputs there are from {@code offset} on; there is {@link #room} for them, and what stands behind
     *     them becomes 0
     * @return ln Σ exp(a)
     */
    public double apply(float[] a, int offset, int n) {
        return ops.softmax(a, offset, n, stripes);
    }
}
