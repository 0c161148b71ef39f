package io.foretide.kernel;

import java.util.Arrays;

/**
 * Causal convolution over time; over one step, it is a dense layer.
 *
 * <pre>
 *   y[t] = b + Σᵢ x[t − (k − 1 − i)·dilation]·Wᵢ    for taps i = 0 … k − 1, from the oldest on
 * </pre>
 *
 * Each Wᵢ is inputs × outputs, row after row. What goes in begins {@link #lead} steps before what comes out: the state that a
 * walk carries. Between two calls of {@link #load} nothing in it changes.
 */
final class Convolution {
    final FloatOps ops;
    final int inputs;
    final int outputs;

    /** Outputs, padded: rows of y are so far apart. */
    final int width;

    final int taps;
    final int dilation;
    private final PackedMatrix[] w;
    private final PackedMatrix[] wTransposed;
    private final float[] b;

    static Convolution dense(int inputs, int outputs) {
        return new Convolution(Kernel.fastest(), inputs, outputs, 1, 1);
    }

    Convolution(int inputs, int outputs, int taps, int dilation) {
        this(Kernel.fastest(), inputs, outputs, taps, dilation);
    }

    Convolution(FloatOps ops, int inputs, int outputs, int taps, int dilation) {
        this.ops = ops;
        this.inputs = inputs;
        this.outputs = outputs;
        this.width = FloatOps.padded(outputs);
        this.taps = taps;
        this.dilation = dilation;
        this.w = new PackedMatrix[taps];
        this.wTransposed = new PackedMatrix[taps];
        for (int i = 0; i < taps; i++) {
            w[i] = new PackedMatrix(ops, inputs, width);
            wTransposed[i] = new PackedMatrix(ops, outputs, FloatOps.padded(inputs));
        }
        this.b = new float[width];
    }

    /** How many parameters there are: W₀ … and b, in this order. */
    int parameters() {
        return (taps * inputs + 1) * outputs;
    }

    /** How many steps x begins before y. */
    int lead() {
        return (taps - 1) * dilation;
    }

    /** Takes its parameters from an array. Not while a thread computes. */
    void load(float[] parameters, int offset) {
        int at = offset;
        for (int i = 0; i < taps; i++) {
            for (int k = 0; k < inputs; k++) {
                w[i].setRow(k, 0, parameters, at, outputs);
                wTransposed[i].setColumn(0, k, parameters, at, outputs);
                at += outputs;
            }
        }
        System.arraycopy(parameters, at, b, 0, outputs);
    }

    /**
     * @param x steps and {@link #lead} of rows, {@code ldx} apart
     * @param y steps of rows, {@link #width} apart
     */
    void forward(int steps, int rows, float[] x, int xo, int ldx, float[] y) {
        int all = steps * rows;
        for (int row = 0; row < all; row++) {
            System.arraycopy(b, 0, y, row * width, width);
        }
        for (int i = 0; i < taps; i++) {
            ops.multiplyAdd(all, x, xo + i * dilation * rows * ldx, ldx, w[i], y, 0, width);
        }
    }

    /**
     * The gradient by x, from that by y.
     *
     * @param dx as x, rows padded inputs apart
     */
    void backward(int steps, int rows, float[] dy, float[] dx) {
        int ldx = FloatOps.padded(inputs);
        Arrays.fill(dx, 0, (steps + lead()) * rows * ldx, 0);
        for (int i = 0; i < taps; i++) {
            ops.multiplyAdd(steps * rows, dy, 0, width, wTransposed[i], dx, i * dilation * rows * ldx, ldx);
        }
    }

    /** Gradient by the parameters. */
    static final class Gradient {
        private final Convolution layer;

        /** Of each Wᵢ transposed, a row an output: inputs are many and outputs often few, so this way less is padding. */
        private final float[][] w;

        private final float[] b;
        private final OuterProduct product;

        Gradient(Convolution layer) {
            int columns = FloatOps.padded(layer.inputs);
            this.layer = layer;
            this.w = new float[layer.taps][layer.outputs * columns];
            this.b = new float[layer.width];
            this.product = new OuterProduct(layer.ops, columns);
        }

        void clear() {
            for (float[] wi : w) {
                Arrays.fill(wi, 0);
            }
            Arrays.fill(b, 0);
        }

        /**
         * Adds the gradient of some steps of rows, as in {@link Convolution#forward}.
         *
         * @param x rows padded inputs apart; what stands in the padding is never used
         */
        void add(int steps, int rows, float[] x, int xo, float[] dy) {
            int all = steps * rows, ldx = FloatOps.padded(layer.inputs);
            for (int from = 0; from < all; from += OuterProduct.ROWS) {
                int count = Math.min(OuterProduct.ROWS, all - from);
                for (int i = 0; i < w.length; i++) {
                    product.take(count, x, xo + (from + i * layer.dilation * rows) * ldx);
                    product.add(layer.outputs, dy, from * layer.width, layer.width, w[i]);
                }
                for (int row = from; row < from + count; row++) {
                    layer.ops.add(b, 0, dy, row * layer.width, layer.width);
                }
            }
        }

        void add(Gradient other) {
            for (int i = 0; i < w.length; i++) {
                layer.ops.add(w[i], 0, other.w[i], 0, w[i].length);
            }
            layer.ops.add(b, 0, other.b, 0, b.length);
        }

        /** Adds the gradient by W of the only tap to that by a table of which W is the transpose, a row an output. */
        void addTransposedTo(float[] gradient, int offset) {
            int columns = FloatOps.padded(layer.inputs);
            for (int j = 0; j < layer.outputs; j++) {
                for (int k = 0; k < layer.inputs; k++) {
                    gradient[offset + j * layer.inputs + k] += w[0][j * columns + k];
                }
            }
        }

        /** Copies the gradient by b. */
        void copyBiasTo(float[] gradient, int offset) {
            System.arraycopy(b, 0, gradient, offset, layer.outputs);
        }

        /** Without padding, in the order of {@link Convolution#parameters}. */
        void copyTo(float[] gradient, int offset) {
            int at = offset;
            int columns = FloatOps.padded(layer.inputs);
            for (float[] wi : w) {
                for (int k = 0; k < layer.inputs; k++) {
                    for (int j = 0; j < layer.outputs; j++) {
                        gradient[at++] = wi[j * columns + k];
                    }
                }
            }
            copyBiasTo(gradient, at);
        }
    }
}
