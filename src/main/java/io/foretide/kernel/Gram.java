package io.foretide.kernel;

import java.util.Arrays;

/** Sums of outer products of rows with themselves: Aᵀ·A, which is what least squares need of their features. */
public final class Gram {
    /** Columns of A, padded: so many are a row of the sum apart. */
    private final int width;

    private final float[] sum;
    private final float[] rows;
    private final OuterProduct product;
    private int waiting;

    /** @param columns of A */
    public Gram(int columns) {
        this(Kernel.fastest(), columns);
    }

    Gram(FloatOps ops, int columns) {
        this.width = FloatOps.padded(columns);
        this.sum = new float[Math.multiplyExact(width, width)];
        this.rows = new float[OuterProduct.ROWS * width];
        this.product = new OuterProduct(ops, width);
    }

    /** Adds a row of A. */
    public void add(float[] row, int offset, int columns) {
        int at = waiting * width;
        System.arraycopy(row, offset, rows, at, columns);
        Arrays.fill(rows, at + columns, at + width, 0);
        waiting++;
        if (waiting == OuterProduct.ROWS) {
            take();
        }
    }

    private void take() {
        product.take(waiting, rows, 0);
        product.add(width, rows, 0, width, sum);
        waiting = 0;
    }

    /** The element in a row and a column of what all rows so far add up to. */
    public float at(int row, int column) {
        if (waiting > 0) {
            take();
        }
        return sum[row * width + column];
    }
}
