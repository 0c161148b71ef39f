package io.foretide.kernel;

/** C ← C + Aᵀ·B: the gradient of weights, from what went in and the gradient of what came out. With room to work in. */
final class OuterProduct {
    /** As many rows of B as one panel keeps in the first cache. */
    private static final int ROWS = 256;

    /** A cache line of the transposed matrix is filled at once. */
    private static final int LINE = 16;

    private final FloatOps ops;
    private final int inputs;
    private final int columns;
    private final float[] transposed;
    private final PackedMatrix packed;

    /**
     * @param inputs the most columns that A has
     * @param columns of B and of C
     */
    OuterProduct(FloatOps ops, int inputs, int columns) {
        this.ops = ops;
        this.inputs = inputs;
        this.columns = columns;
        this.transposed = new float[inputs * ROWS];
        this.packed = new PackedMatrix(ops, ROWS, columns);
    }

    /** Each element of C is one chain over all rows. Rows of B and C follow each other without a gap. */
    void add(int rows, float[] a, int ao, int lda, float[] b, int bo, float[] c) {
        for (int from = 0; from < rows; from += ROWS) {
            int count = Math.min(ROWS, rows - from);
            packed.pack(count, b, bo + from * columns, columns);
            transpose(count, a, ao + from * lda, lda);
            ops.multiplyAdd(inputs, transposed, 0, count, packed, c, 0, columns);
        }
    }

    private void transpose(int rows, float[] a, int ao, int lda) {
        for (int from = 0; from < rows; from += LINE) {
            int end = Math.min(rows, from + LINE);
            for (int j = 0; j < inputs; j++) {
                for (int i = from; i < end; i++) {
                    transposed[j * rows + i] = a[ao + i * lda + j];
                }
            }
        }
    }
}
