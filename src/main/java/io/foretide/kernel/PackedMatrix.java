package io.foretide.kernel;

import org.jspecify.annotations.Nullable;

/**
 * A matrix laid out as the right operand of {@link FloatOps#multiplyAdd}: cut into panels of a few columns, each panel
 * contiguous, row after row. 256 rows of a panel of two 512-bit vectors are 32 kB and stay in the first cache while all
 * rows of the left operand pass over them.
 */
final class PackedMatrix {
    final int columns;
    final int panelWidth;
    final float[] values;

    private final int mostRows;

    /** The matrix whose columns these are, or this. */
    private final PackedMatrix whole;

    private final int firstPanel;

    /** Of the whole; may be set to less than there is room for. */
    private int rows;

    private @Nullable PairedPanels paired;

    /** @param columns a multiple of {@link FloatOps#PADDING} */
    PackedMatrix(FloatOps ops, int mostRows, int columns) {
        if (columns % FloatOps.PADDING != 0) {
            throw new IllegalArgumentException(columns + " columns are no multiple of " + FloatOps.PADDING);
        }
        this.columns = columns;
        this.panelWidth = ops.panelWidth();
        this.mostRows = mostRows;
        this.rows = mostRows;
        this.values = new float[mostRows * columns];
        this.whole = this;
        this.firstPanel = 0;
    }

    private PackedMatrix(PackedMatrix whole, int firstColumn, int columns) {
        this.columns = columns;
        this.panelWidth = whole.panelWidth;
        this.mostRows = whole.mostRows;
        this.values = whole.values;
        this.whole = whole;
        this.firstPanel = firstColumn / panelWidth;
    }

    /** Some columns of this matrix, seen as one; first and number are multiples of {@link FloatOps#PADDING}. */
    PackedMatrix columns(int first, int number) {
        return new PackedMatrix(this, first, number);
    }

    int rows() {
        return whole.rows;
    }

    int panels() {
        return columns / panelWidth;
    }

    /** Is quicker for single rows afterwards, where its numbers and the operations allow it. They may not be set any more. */
    void pair(FloatOps ops) {
        paired = ops.pair(this);
    }

    @Nullable
    PairedPanels paired() {
        return paired;
    }

    /** The memory that is taken by {@link #pair}, or by nothing. */
    long sizeOfPairs() {
        return paired == null ? 0 : (long) Integer.BYTES * paired.values.length;
    }

    /** Where a panel starts in {@link #values}. */
    int panelStart(int panel) {
        return (firstPanel + panel) * rows() * panelWidth;
    }

    /** Has so many rows from now on, whose values are yet to be set. */
    void rows(int newRows) {
        if (newRows > mostRows) {
            throw new IllegalArgumentException(newRows + " rows, room for " + mostRows);
        }
        rows = newRows;
    }

    /** Sets columns {@code column} to {@code column + length} of a row. */
    void setRow(int row, int column, float[] source, int offset, int length) {
        int done = 0;
        while (done < length) {
            int panel = (column + done) / panelWidth, within = (column + done) % panelWidth;
            int count = Math.min(panelWidth - within, length - done);
            System.arraycopy(source, offset + done, values, panelStart(panel) + row * panelWidth + within, count);
            done += count;
        }
    }

    /** The other way round: copies such columns of a row. */
    void copyRow(int row, int column, float[] to, int offset, int length) {
        int done = 0;
        while (done < length) {
            int panel = (column + done) / panelWidth, within = (column + done) % panelWidth;
            int count = Math.min(panelWidth - within, length - done);
            System.arraycopy(values, panelStart(panel) + row * panelWidth + within, to, offset + done, count);
            done += count;
        }
    }

    /** Sets rows {@code row} to {@code row + length} of a column. */
    void setColumn(int row, int column, float[] source, int offset, int length) {
        int to = panelStart(column / panelWidth) + column % panelWidth + row * panelWidth;
        for (int i = 0; i < length; i++) {
            values[to + i * panelWidth] = source[offset + i];
        }
    }
}
