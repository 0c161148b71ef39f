package io.foretide.kernel;

/**
 * Convolutions under training, whose weights are packed for products. Between two calls of {@link #load} nothing in it
 * changes, so that any number of threads may use it at once.
 */
public final class ConvolutionNetwork {
    final FloatOps ops;
    final ConvolutionShape shape;

    /** Channels, padded. */
    final int width;

    final Convolution[] layers;
    final Convolution head;

    /** [layers][width]: γ and β. */
    final float[][] scales;

    final float[][] shifts;

    public ConvolutionNetwork(ConvolutionShape shape) {
        this(Kernel.fastest(), shape);
    }

    ConvolutionNetwork(FloatOps ops, ConvolutionShape shape) {
        int count = shape.layers().size();
        this.ops = ops;
        this.shape = shape;
        this.width = FloatOps.padded(shape.channels());
        this.layers = new Convolution[count];
        for (int i = 0; i < count; i++) {
            ConvolutionShape.Layer layer = shape.layers().get(i);
            layers[i] = new Convolution(ops, shape.inputs(i), shape.channels(), layer.taps(), layer.dilation());
        }
        this.head = new Convolution(ops, shape.channels(), shape.outputs(), 1, 1);
        this.scales = new float[count][width];
        this.shifts = new float[count][width];
    }

    /** Takes its parameters from an array. Not while a thread computes. */
    public void load(float[] parameters, int offset) {
        int at = offset, channels = shape.channels();
        for (int i = 0; i < layers.length; i++) {
            int behind = layers[i].loadWeights(parameters, at);
            System.arraycopy(parameters, behind, shifts[i], 0, channels);
            System.arraycopy(parameters, behind + channels, scales[i], 0, channels);
            at += shape.parameters(i);
        }
        if (layers.length > 0) {
            head.loadWeights(parameters, at);
        }
    }
}
