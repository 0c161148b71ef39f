package io.foretide.kernel;

/**
 * The fast operations, of which there are two implementations for good: {@link ScalarOps} is the definition, and
 * {@link VectorOps} gives the same numbers, bit for bit, at every vector width. What makes that possible:
 *
 * <ol>
 *   <li>Each element of a product is one chain {@code c = fma(a[k], b[k], c)} with k ascending, from the value in memory.
 *       Tiles, cache blocks and the number of rows are free; k is never split over several accumulators.
 *   <li>Element-wise functions use exactly rounded operations on their own element only.
 *   <li>Reductions have a fixed shape that depends on the length alone: {@link #STRIPES} sums, then a tree.
 * </ol>
 *
 * <p>Segments are given by an array and an offset rather than by an object, because nothing here may allocate. Where a
 * length is a multiple of {@link #PADDING}, it says so: such loops have no tails.
 */
sealed interface FloatOps permits ScalarOps, VectorOps {
    /**
     * Rows of hidden units, gates and outputs are padded to a multiple of this: two of the widest vectors. It is the same
     * on every processor, so that the padded numbers are too.
     */
    int PADDING = 32;

    /** Independent sums of a reduction: one of the widest vectors. */
    int STRIPES = 16;

    /** The smallest multiple of {@link #PADDING} that has room for n. */
    static int padded(int n) {
        return Math.ceilDiv(n, PADDING) * PADDING;
    }

    /** For people, such as {@code 512-bit vectors}. */
    String description();

    /** How many columns a panel of a {@link PackedMatrix} has; divides {@link #PADDING}. */
    int panelWidth();

    /**
     * C ← C + A·B.
     *
     * @param rows of A and C
     * @param a A, as many columns as B has rows, its first element at {@code ao}, its rows {@code lda} apart
     * @param c C, as many columns as B has, its first element at {@code co}, its rows {@code ldc} apart
     */
    void multiplyAdd(int rows, float[] a, int ao, int lda, PackedMatrix b, float[] c, int co, int ldc);
}
