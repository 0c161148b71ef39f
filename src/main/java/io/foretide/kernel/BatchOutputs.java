package io.foretide.kernel;

/**
 * What the head gives out for some rows of a batch at all steps, for a loss to put its gradient in the same place. Used
 * again for each batch, by one thread at a time.
 */
public final class BatchOutputs {
    private final FloatOps ops;
    private final float[] values;
    private final float[] labels;
    private final int width;
    private final Stripes stripes = new Stripes();
    private int firstRow;
    private int rows;
    private int steps;

    BatchOutputs(FloatOps ops, int width, int mostRows, int mostSteps) {
        this.ops = ops;
        this.width = width;
        this.values = new float[mostSteps * mostRows * width];
        this.labels = new float[width];
    }

    void begin(int newFirstRow, int newRows, int newSteps) {
        firstRow = newFirstRow;
        rows = newRows;
        steps = newSteps;
    }

    /** The row of the batch that row 0 of these outputs is. */
    public int firstRow() {
        return firstRow;
    }

    public int rows() {
        return rows;
    }

    public int steps() {
        return steps;
    }

    /** All outputs. The gradient by what stands behind the outputs of a row does not count. */
    public float[] values() {
        return values;
    }

    /** Where the outputs of a row of these at a step stand in {@link #values}. */
    public int at(int step, int row) {
        return (step * rows + row) * width;
    }

    /** Room for the labels of one row at one step, one an output; NaN counts for nothing. */
    public float[] labels() {
        return labels;
    }

    /** The sum of squared errors beside {@link #labels}. The outputs become weight times the gradient by them. */
    public double squared(int step, int row, float weight) {
        int at = at(step, row);
        stripes.clear();
        ops.squared(labels, values, at, values, width, weight, stripes);
        return stripes.total();
    }

    /**
     * As {@link #squared}, for the pinball loss.
     *
     * @param levels the quantile level of each output, and up to a padded length anything
     */
    public double pinball(int step, int row, float[] levels, float weight) {
        int at = at(step, row);
        stripes.clear();
        ops.pinball(labels, levels, values, at, values, width, weight, stripes);
        return stripes.total();
    }

    /**
     * The cross-entropy beside one label. The outputs become weight times the gradient by them.
     *
     * @param classes how many outputs there are
     * @param label the class, or −1 where there is none, which counts for nothing
     */
    public double crossEntropy(int step, int row, int classes, int label, float weight) {
        return Losses.crossEntropy(ops, label, values, at(step, row), classes, weight, stripes);
    }
}
