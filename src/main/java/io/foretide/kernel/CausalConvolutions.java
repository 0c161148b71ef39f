package io.foretide.kernel;

import java.util.Arrays;

/** Trained convolutions, ready to walk: each step sees the last few alone, which a walk carries. Immutable. */
public final class CausalConvolutions {
    private final ConvolutionShape shape;
    private final int width;

    /** With γ, β, μ and v as part of weights and biases. */
    private final Convolution[] layers;

    private final Convolution head;

    /** Reads parameters in the order of {@link ConvolutionShape}, from a place on. */
    public CausalConvolutions(ConvolutionShape shape, float[] parameters, int offset) {
        this(Kernel.fastest(), shape, parameters, offset);
    }

    CausalConvolutions(FloatOps ops, ConvolutionShape shape, float[] parameters, int offset) {
        this.shape = shape;
        this.width = FloatOps.padded(shape.channels());
        this.layers = new Convolution[shape.layers().size()];
        int at = offset;
        for (int i = 0; i < layers.length; i++) {
            ConvolutionShape.Layer layer = shape.layers().get(i);
            layers[i] = new Convolution(ops, shape.inputs(i), shape.channels(), layer.taps(), layer.dilation());
            layers[i].load(folded(i, parameters, at), 0);
            at += shape.parameters(i);
        }
        this.head = new Convolution(ops, shape.channels(), shape.outputs(), 1, 1);
        if (layers.length > 0) {
            head.loadWeights(parameters, at);
        }
    }

    /** W·γ/√(v + ε), and β − μ·γ/√(v + ε). */
    private float[] folded(int layer, float[] parameters, int from) {
        int channels = shape.channels(), weights = shape.weights(layer), shift = from + weights;
        float[] folded = new float[weights + channels];
        for (int j = 0; j < channels; j++) {
            float mean = parameters[shift + 2 * channels + j], variance = parameters[shift + 3 * channels + j];
            double factor = parameters[shift + channels + j]
                    / Math.sqrt(Math.max(0, variance) + (double) ConvolutionTape.EPSILON);
            for (int k = j; k < weights; k += channels) {
                folded[k] = (float) (parameters[from + k] * factor);
            }
            folded[weights + j] = (float) (parameters[shift + j] - mean * factor);
        }
        return folded;
    }

    /** How many numbers a walk carries from step to step. */
    private int carried() {
        int count = 0;
        for (int i = 0; i < layers.length; i++) {
            count += layers[i].lead() * shape.inputs(i);
        }
        return count;
    }

    /** What a walk that has seen nothing carries: of each layer what went into it at its last steps, the oldest first. */
    public float[] initialState() {
        return new float[carried()];
    }

    /** Room for walks of a few steps at a time, and what is said at each. Belongs to one thread. */
    public final class Room {
        private final float[][] below;
        private final float[] sums;
        private final float[] outputs;

        private Room(int mostSteps) {
            this.below = new float[layers.length + 1][];
            for (int i = 0; i < layers.length; i++) {
                below[i] = new float[(layers[i].lead() + mostSteps) * distance(i)];
            }
            below[layers.length] = new float[mostSteps * width];
            this.sums = new float[mostSteps * width];
            this.outputs = new float[mostSteps * head.width];
        }

        /** Where what is said at a step begins in {@link #outputs}. */
        public int at(int step) {
            return step * head.width;
        }

        public float[] outputs() {
            return outputs;
        }
    }

    public Room newRoom(int mostSteps) {
        return new Room(mostSteps);
    }

    private int distance(int layer) {
        return layer == 0 ? shape.inputs() : width;
    }

    /**
     * Walks on by some steps, the same to the bit however they are cut. What is said stands in the room.
     *
     * @param state replaced by the one after the last step
     * @param inputs [steps][inputs], from a place on
     */
    public void walk(float[] state, int steps, float[] inputs, int offset, Room room) {
        Arrays.fill(room.outputs, 0, steps * head.width, 0);
        if (layers.length == 0) {
            return;
        }
        System.arraycopy(inputs, offset, room.below[0], layers[0].lead() * shape.inputs(), steps * shape.inputs());
        int carried = 0;
        for (int i = 0; i < layers.length; i++) {
            float[] x = room.below[i], y = room.below[i + 1];
            carry(i, steps, state, carried, x);
            carried += layers[i].lead() * shape.inputs(i);
            layers[i].forward(steps, 1, x, 0, distance(i), room.sums);
            int lead = i + 1 < layers.length ? layers[i + 1].lead() * width : 0;
            for (int j = 0; j < steps * width; j++) {
                y[lead + j] = Math.max(0, room.sums[j]);
            }
        }
        head.addForward(steps, 1, room.below[layers.length], 0, width, room.outputs);
    }

    /** Puts what is carried in front of the steps that go into a layer, and carries on what is to be in front of the next. */
    private void carry(int layer, int steps, float[] state, int from, float[] x) {
        int lead = layers[layer].lead(), count = shape.inputs(layer), distance = distance(layer);
        for (int i = 0; i < lead; i++) {
            System.arraycopy(state, from + i * count, x, i * distance, count);
        }
        for (int i = 0; i < lead; i++) {
            System.arraycopy(x, (steps + i) * distance, state, from + i * count, count);
        }
    }

    /** The memory that the parameters take. */
    public long sizeInBytes() {
        long numbers = 0;
        for (Convolution layer : layers) {
            numbers += 2L * FloatOps.padded(layer.inputs) * layer.width * layer.taps;
        }
        return Float.BYTES * numbers;
    }
}
