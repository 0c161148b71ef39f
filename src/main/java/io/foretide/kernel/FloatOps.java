package io.foretide.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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

    /** The same matrix as it is read for a single row, or null where it is read as it is. */
    @Nullable
    PairedPanels pair(PackedMatrix matrix);

    /**
     * C ← C + A·B.
     *
     * @param rows of A and C
     * @param a A, as many columns as B has rows, its first element at {@code ao}, its rows {@code lda} apart
     * @param c C, as many columns as B has, its first element at {@code co}, its rows {@code ldc} apart
     */
    void multiplyAdd(int rows, float[] a, int ao, int lda, PackedMatrix b, float[] c, int co, int ldc);

    /**
     * C ← C + Aᵀ·B, each element one chain over the rows of A and B, of which there are as many.
     *
     * @param columns of A, rows of C
     * @param a A, its first element at {@code ao}, its rows {@code lda} apart
     */
    void multiplyTransposedAdd(int columns, float[] a, int ao, int lda, PackedMatrix b, float[] c, int co, int ldc);

    /** B becomes a row-major matrix of as many rows and columns, whose rows are {@code stride} apart. */
    void pack(PackedMatrix b, float[] source, int offset, int stride);

    /** What the gates of a recurrent unit do with the sums of a row. */
    Gates gates(RecurrentUnit unit);

    // From here on, n is a multiple of PADDING.

    /** a ← a + b. */
    void add(float[] a, int ao, float[] b, int bo, int n);

    /** to ← a⊙b. */
    void multiply(float[] a, int ao, float[] b, int bo, float[] to, int o, int n);

    /** to ← to + a⊙b. */
    void addProduct(float[] a, int ao, float[] b, int bo, float[] to, int o, int n);

    /** a ← factor·a. */
    void scale(float[] a, int o, int n, float factor);

    /** The largest number; NaN does not count. */
    float max(float[] a, int o, int n);

    /** a ← exp(a − shift). */
    void exp(float[] a, int o, int n, float shift);

    /** Adds a to the sums. */
    void sum(float[] a, int o, int n, Stripes stripes);

    /** Adds a² to the sums. */
    void sumOfSquares(float[] a, int o, int n, Stripes stripes);

    /**
     * Squared errors (a − y)², added to the sums, and weight times their gradient by a. NaN as y counts for nothing.
     *
     * @param y labels, from 0 on
     * @param o where outputs a and the gradient start, which may be the same array
     */
    void squared(float[] y, float[] a, int o, float[] gradient, int n, float weight, Stripes stripes);

    /** As {@link #squared}, for the pinball loss max(q·(y − a), (q − 1)·(y − a)) at levels q, from 0 on. */
    void pinball(float[] y, float[] levels, float[] a, int o, float[] gradient, int n, float weight, Stripes stripes);

    /** g ← factor·g, cut to ±most. */
    void clip(float[] g, int n, float factor, float most);

    /** to ← to + factor·decays⊙p. */
    void addDecay(float[] decays, float factor, float[] p, float[] to, int n);

    void sgd(float[] p, float[] g, int n, float rate);

    void momentum(float[] p, float[] g, float[] v, int n, float rate, UpdateRule.Momentum rule);

    void rmsProp(float[] p, float[] g, float[] s, int n, float rate, UpdateRule.RmsProp rule);

    /** @param rate with its correction for the number of updates so far */
    void adam(float[] p, float[] g, float[] m, float[] v, int n, float rate, UpdateRule.Adam rule);

    /**
     * a ← exp(a) / Σ exp(a), in place.
     *
     * @param n any number; what stands between n and its next multiple of {@link #PADDING} becomes 0
     * @return ln Σ exp(a)
     */
    default double softmax(float[] a, int o, int n, Stripes stripes) {
        int padded = padded(n);
        Arrays.fill(a, o + n, o + padded, -Float.MAX_VALUE);
        float most = max(a, o, padded);
        exp(a, o, padded, most);
        Arrays.fill(a, o + n, o + padded, 0);
        stripes.clear();
        sum(a, o, padded, stripes);
        float total = stripes.total();
        scale(a, o, padded, 1 / total);
        return most + StrictMath.log(total);
    }
}
