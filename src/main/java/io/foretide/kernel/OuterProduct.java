package io.foretide.kernel;

/** C ← C + Aᵀ·B: the gradient of weights, from what went in and the gradient of what came out. With room to work in. */
final class OuterProduct {
    /** As many rows of B as one panel keeps in the first cache. */
    static final int ROWS = 256;

    /** For who never adds. */
    static final OuterProduct NONE = new OuterProduct(Kernel.fastest(), 0);

    private final FloatOps ops;
    private final int columns;
    private final PackedMatrix packed;

    /** @param columns of B and of C */
    OuterProduct(FloatOps ops, int columns) {
        this.ops = ops;
        this.columns = columns;
        this.packed = new PackedMatrix(ops, ROWS, columns);
    }

    /** Takes B, of at most {@link #ROWS} rows, one after the other. */
    void take(int rows, float[] b, int bo) {
        packed.rows(rows);
        ops.pack(packed, b, bo, columns);
    }

    /** What was taken. */
    PackedMatrix taken() {
        return packed;
    }

    /** Adds the product of as many rows of A, of which there are {@code inputs} columns, to C. */
    void add(int inputs, float[] a, int ao, int lda, float[] c) {
        ops.multiplyTransposedAdd(inputs, a, ao, lda, packed, c, 0, columns);
    }
}
