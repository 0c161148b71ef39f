package io.foretide.kernel;

import java.util.Arrays;

/** A linear layer, ready to apply: out = x·W + b. Immutable. */
public final class Dense {
    private final FloatOps ops;
    private final int outputs;
    private final PackedMatrix w;
    private final float[] b;

    /** @param w a row an input, a column an output */
    public Dense(Matrix w, float[] b) {
        this(Kernel.fastest(), w, b);
    }

    Dense(FloatOps ops, Matrix w, float[] b) {
        if (b.length != w.columns()) {
            throw new IllegalArgumentException(b.length + " biases for " + w.columns() + " outputs");
        }
        this.ops = ops;
        this.outputs = w.columns();
        this.w = new PackedMatrix(ops, w.rows(), FloatOps.padded(outputs));
        for (int row = 0; row < w.rows(); row++) {
            this.w.setRow(row, 0, w.values(), row * outputs, outputs);
        }
        this.b = Arrays.copyOf(b, this.w.columns);
    }

    /** This layer, as {@link PackedMatrix#pair}. */
    Dense pair() {
        w.pair(ops);
        return this;
    }

    private Dense(Dense whole, int outputs) {
        this.ops = whole.ops;
        this.outputs = outputs;
        this.w = whole.w.columns(0, FloatOps.padded(outputs));
        this.b = Arrays.copyOf(whole.b, w.columns);
    }

    /** The layer of its first outputs alone, the same to the bit, over the same memory. */
    public Dense first(int count) {
        return new Dense(this, count);
    }

    /** The layer without the outputs {@code from} to {@code to}, the same to the bit, over memory of its own. */
    public Dense without(int from, int to) {
        int behind = outputs - to, left = from + behind;
        float[] values = new float[w.rows() * left];
        float[] bias = new float[left];
        for (int row = 0; row < w.rows(); row++) {
            w.copyRow(row, 0, values, row * left, from);
            w.copyRow(row, to, values, row * left + from, behind);
        }
        System.arraycopy(b, 0, bias, 0, from);
        System.arraycopy(b, to, bias, from, behind);
        return new Dense(ops, new Matrix(w.rows(), left, values), bias);
    }

    public int inputs() {
        return w.rows();
    }

    public int outputs() {
        return outputs;
    }

    /** Room for {@link #apply}: the outputs, and behind them what means nothing. */
    public float[] newOutputs() {
        return new float[w.columns];
    }

    /**
     * @param input as many numbers as there are inputs, or more
     * @param out made by {@link #newOutputs}
     */
    public void apply(float[] input, float[] out) {
        System.arraycopy(b, 0, out, 0, b.length);
        ops.multiplyAdd(1, input, 0, w.rows(), w, out, 0, b.length);
    }

    /** As {@link #apply}, to many rows, whose inputs are {@code ldx} apart and whose outputs are padded. */
    void apply(int rows, float[] x, int ldx, float[] out) {
        for (int row = 0; row < rows; row++) {
            System.arraycopy(b, 0, out, row * b.length, b.length);
        }
        ops.multiplyAdd(rows, x, 0, ldx, w, out, 0, b.length);
    }

    /** A copy of W and b, in this order, row after row. */
    public float[] parameters() {
        float[] parameters = new float[(w.rows() + 1) * outputs];
        for (int row = 0; row < w.rows(); row++) {
            w.copyRow(row, 0, parameters, row * outputs, outputs);
        }
        System.arraycopy(b, 0, parameters, w.rows() * outputs, outputs);
        return parameters;
    }

    /** The memory that the parameters take. */
    public long sizeInBytes() {
        return (long) Float.BYTES * (w.values.length + b.length) + w.sizeOfPairs();
    }
}
