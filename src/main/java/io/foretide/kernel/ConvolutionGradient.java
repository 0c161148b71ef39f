package io.foretide.kernel;

import java.util.Arrays;

/** The gradient by the parameters of a {@link ConvolutionNetwork}, and the means and variances that it was computed with. */
final class ConvolutionGradient {
    /** What is left of the old mean and variance after a batch. */
    private static final float KEPT = 0.9f;

    private final ConvolutionNetwork network;
    private final Convolution.Gradient[] weights;
    private final Convolution.Gradient head;

    /** [layers][width] */
    private final float[][] shifts, scales, means, variances;

    /** Over how many steps of rows the means were taken. */
    private long counted;

    ConvolutionGradient(ConvolutionNetwork network) {
        int count = network.layers.length;
        this.network = network;
        this.weights = new Convolution.Gradient[count];
        for (int i = 0; i < count; i++) {
            weights[i] = new Convolution.Gradient(network.layers[i]);
        }
        this.head = new Convolution.Gradient(network.head);
        this.shifts = new float[count][network.width];
        this.scales = new float[count][network.width];
        this.means = new float[count][network.width];
        this.variances = new float[count][network.width];
    }

    void clear() {
        counted = 0;
        head.clear();
        for (int i = 0; i < weights.length; i++) {
            weights[i].clear();
            Arrays.fill(shifts[i], 0);
            Arrays.fill(scales[i], 0);
            Arrays.fill(means[i], 0);
            Arrays.fill(variances[i], 0);
        }
    }

    /** Adds the gradient of the head, whose inputs are padded. */
    void addHead(int steps, int rows, float[] x, float[] dy) {
        head.add(steps, rows, x, 0, dy);
    }

    void addWeights(int layer, int steps, int rows, float[] x, float[] dy) {
        weights[layer].add(steps, rows, x, 0, dy);
    }

    void addNormalization(int layer, float[] byShift, float[] byScale) {
        network.ops.add(shifts[layer], 0, byShift, 0, network.width);
        network.ops.add(scales[layer], 0, byScale, 0, network.width);
    }

    /** Counts the mean and variance of a layer, over so many steps of rows. */
    void count(int layer, float[] mean, float[] variance, int steps) {
        for (int j = 0; j < network.width; j++) {
            means[layer][j] += steps * mean[j];
            variances[layer][j] += steps * variance[j];
        }
        counted += layer == 0 ? steps : 0;
    }

    void add(ConvolutionGradient other) {
        counted += other.counted;
        head.add(other.head);
        for (int i = 0; i < weights.length; i++) {
            weights[i].add(other.weights[i]);
            network.ops.add(shifts[i], 0, other.shifts[i], 0, network.width);
            network.ops.add(scales[i], 0, other.scales[i], 0, network.width);
            network.ops.add(means[i], 0, other.means[i], 0, network.width);
            network.ops.add(variances[i], 0, other.variances[i], 0, network.width);
        }
    }

    /** Without padding, in the order of {@link ConvolutionShape}; 0 for means and variances. */
    void copyTo(float[] gradient, int offset) {
        int at = offset, channels = network.shape.channels();
        for (int i = 0; i < weights.length; i++) {
            int behind = weights[i].copyWeightsTo(gradient, at);
            System.arraycopy(shifts[i], 0, gradient, behind, channels);
            System.arraycopy(scales[i], 0, gradient, behind + channels, channels);
            at += network.shape.parameters(i);
            Arrays.fill(gradient, behind + 2 * channels, at, 0);
        }
        if (weights.length > 0) {
            head.copyWeightsTo(gradient, at);
        }
    }

    /** Moves means and variances among parameters towards those of this batch. */
    void moveStatistics(float[] parameters, int offset) {
        int at = offset, channels = network.shape.channels();
        for (int i = 0; i < weights.length; i++) {
            int mean = at + network.shape.weights(i) + 2 * channels;
            for (int j = 0; j < channels; j++) {
                move(parameters, mean + j, means[i][j] / counted);
                move(parameters, mean + channels + j, variances[i][j] / counted);
            }
            at += network.shape.parameters(i);
        }
    }

    private static void move(float[] parameters, int at, float towards) {
        parameters[at] = KEPT * parameters[at] + (1 - KEPT) * towards;
    }
}
