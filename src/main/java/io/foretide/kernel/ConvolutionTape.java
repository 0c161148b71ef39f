package io.foretide.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What convolutions compute for some sequences over some steps, kept for the way back. Room is made once, for the most rows
 * and steps there will be; a tape belongs to one thread at a time. Means and variances are taken over these rows alone: so
 * they do not depend on who computes the others.
 */
final class ConvolutionTape {
    /** Beside a variance: what hardly varies is not blown up. */
    static final float EPSILON = 1e-3f;

    /** So large that times it, anything above 0 is above 1. */
    private static final float HUGE = 1e38f;

    private final ConvolutionNetwork network;
    private final FloatOps ops;
    private final int width;

    /** What goes into each layer, and at last what comes out: [lead and steps][rows][distance]. */
    private final float[][] below;

    /** [layers][steps][rows][width]: before γ and β. */
    private final float[][] normalized;

    /** [layers][width]: 1/√(v + ε). */
    private final float[][] factors;

    private final float[] mean, variance, byShift, byScale;
    private final float[] byOutput;
    private final float[] bySum;
    private final boolean[] there;
    private int rows;
    private int steps;

    /** How many steps of rows there are really. */
    private int count;

    ConvolutionTape(ConvolutionNetwork network, int mostRows, int mostSteps) {
        int layers = network.layers.length, all = mostRows * mostSteps;
        this.network = network;
        this.ops = network.ops;
        this.width = network.width;
        this.below = new float[layers + 1][];
        this.normalized = new float[layers][all * width];
        this.factors = new float[layers][width];
        int longest = all * width;
        for (int i = 0; i < layers; i++) {
            below[i] = new float[(mostSteps + network.layers[i].lead()) * mostRows * distance(i)];
            longest = Math.max(longest, below[i].length);
        }
        below[layers] = new float[layers == 0 ? 0 : all * width];
        this.mean = new float[width];
        this.variance = new float[width];
        this.byShift = new float[width];
        this.byScale = new float[width];
        this.byOutput = new float[layers == 0 ? 0 : longest];
        this.bySum = new float[layers == 0 ? 0 : all * width];
        this.there = new boolean[all];
    }

    /** The memory that an instance takes, in bytes. */
    static long bytes(ConvolutionShape shape, long mostRows, long mostSteps) {
        long width = FloatOps.padded(shape.channels()), inputs = FloatOps.padded(shape.inputs()), numbers = 0;
        for (int i = 0; i < shape.layers().size(); i++) {
            ConvolutionShape.Layer layer = shape.layers().get(i);
            long lead = (layer.taps() - 1L) * layer.dilation();
            numbers += (mostSteps + lead) * (i == 0 ? inputs : width) + mostSteps * width;
        }
        numbers += shape.layers().isEmpty() ? 0 : 3 * mostSteps * Math.max(width, inputs);
        return Float.BYTES * mostRows * numbers;
    }

    private int distance(int layer) {
        return FloatOps.padded(network.shape.inputs(layer));
    }

    /**
     * Adds what is said at each step to outputs.
     *
     * @param lengths how many steps each row has
     * @param x [steps][rows][inputs]
     * @param outputs [steps][rows], rows of padded outputs
     * @param gradient which counts means and variances
     */
    void forward(int newRows, int newSteps, int[] lengths, float[] x, float[] outputs, ConvolutionGradient gradient) {
        rows = newRows;
        steps = newSteps;
        take(lengths, x);
        int layers = network.layers.length;
        for (int i = 0; i < layers; i++) {
            int lead = i + 1 < layers ? network.layers[i + 1].lead() : 0;
            Arrays.fill(below[i + 1], 0, lead * rows * width, 0);
            network.layers[i].forward(steps, rows, below[i], 0, distance(i), normalized[i]);
            normalize(i, below[i + 1], lead * rows * width);
            gradient.count(i, mean, variance, count);
        }
        network.head.addForward(steps, rows, below[layers], 0, width, outputs);
    }

    private void take(int[] lengths, float[] x) {
        int inputs = network.shape.inputs(), distance = distance(0), lead = network.layers[0].lead() * rows;
        Arrays.fill(below[0], 0, lead * distance, 0);
        count = 0;
        for (int at = 0; at < steps * rows; at++) {
            there[at] = at / rows < lengths[at % rows];
            count += there[at] ? 1 : 0;
            System.arraycopy(x, at * inputs, below[0], (lead + at) * distance, inputs);
        }
    }

    /** Numbers become how far they are from their mean, in deviations; and what is given on, from o on in an array. */
    private void normalize(int layer, float[] to, int o) {
        float[] y = normalized[layer], factor = factors[layer];
        float[] scale = network.scales[layer], shift = network.shifts[layer];
        measure(y);
        for (int j = 0; j < width; j++) {
            factor[j] = 1 / (float) Math.sqrt(variance[j] + EPSILON);
        }
        for (int position = 0; position < steps * rows; position++) {
            int at = position * width;
            if (!there[position]) {
                Arrays.fill(y, at, at + width, 0);
                Arrays.fill(to, o + at, o + at + width, 0);
                continue;
            }
            for (int j = 0; j < width; j++) {
                float x = y[at + j] * factor[j];
                y[at + j] = x;
                to[o + at + j] = Math.max(0, x * scale[j] + shift[j]);
            }
        }
    }

    /** Takes the mean away, and measures the variance. */
    private void measure(float[] y) {
        Arrays.fill(mean, 0);
        Arrays.fill(variance, 0);
        for (int position = 0; position < steps * rows; position++) {
            if (there[position]) {
                ops.add(mean, 0, y, position * width, width);
            }
        }
        ops.scale(mean, 0, width, 1f / count);
        for (int position = 0; position < steps * rows; position++) {
            if (there[position]) {
                int at = position * width;
                for (int j = 0; j < width; j++) {
                    y[at + j] -= mean[j];
                }
                ops.addProduct(y, at, y, at, variance, 0, width);
            }
        }
        ops.scale(variance, 0, width, 1f / count);
    }

    /**
     * Adds the gradient by the parameters.
     *
     * @param byOutputs as outputs, 0 behind the end of a row
     * @param byInputs where the gradient by what goes in is added: [steps][rows], padded; null where nobody asks for it
     */
    void backward(float[] byOutputs, ConvolutionGradient gradient, float @Nullable [] byInputs) {
        int layers = network.layers.length, from = 0;
        gradient.addHead(steps, rows, below[layers], byOutputs);
        network.head.backward(steps, rows, byOutputs, byOutput);
        for (int i = layers - 1; i >= 0; i--) {
            throughNormalization(i, from, gradient);
            gradient.addWeights(i, steps, rows, below[i], bySum);
            if (i > 0 || byInputs != null) {
                network.layers[i].backward(steps, rows, bySum, byOutput);
                from = network.layers[i].lead() * rows * distance(i);
            }
        }
        if (byInputs != null) {
            ops.add(byInputs, 0, byOutput, from, steps * rows * distance(0));
        }
    }

    /**
     * From the gradient d by what a layer gives to that by its sums s.
     *
     * <pre>
     *   ∂s = γ/√(v + ε)·(d − Σd/n − x·Σ(d·x)/n)    for x = (s − μ)/√(v + ε), over n steps of rows
     * </pre>
     *
     * @param from where d begins in {@link #byOutput}
     */
    private void throughNormalization(int layer, int from, ConvolutionGradient gradient) {
        float[] x = normalized[layer], given = below[layer + 1];
        int o = layer + 1 < network.layers.length ? network.layers[layer + 1].lead() * rows * width : 0;
        Arrays.fill(byShift, 0);
        Arrays.fill(byScale, 0);
        for (int position = 0; position < steps * rows; position++) {
            int at = position * width;
            if (!there[position]) {
                Arrays.fill(bySum, at, at + width, 0);
                continue;
            }
            for (int j = 0; j < width; j++) {
                bySum[at + j] = byOutput[from + at + j] * Math.min(1, given[o + at + j] * HUGE);
            }
            ops.add(byShift, 0, bySum, at, width);
            ops.addProduct(bySum, at, x, at, byScale, 0, width);
        }
        gradient.addNormalization(layer, byShift, byScale);
        float[] scale = network.scales[layer], factor = factors[layer];
        ops.scale(byShift, 0, width, 1f / count);
        ops.scale(byScale, 0, width, 1f / count);
        for (int position = 0; position < steps * rows; position++) {
            int at = position * width;
            for (int j = 0; there[position] && j < width; j++) {
                float d = bySum[at + j] - byShift[j] - x[at + j] * byScale[j];
                bySum[at + j] = d * scale[j] * factor[j];
            }
        }
    }
}
