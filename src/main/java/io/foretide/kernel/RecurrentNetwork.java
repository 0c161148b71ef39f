package io.foretide.kernel;

import java.util.Arrays;

/**
 * Recurrent layers from the bottom up and a dense head, whose weights are packed for products. Between two calls of
 * {@link #load} nothing in it changes, so that any number of threads may use it at once.
 */
public final class RecurrentNetwork {
    /** What a network looks like. All layers have the same unit and number of units. */
    public record Shape(RecurrentUnit unit, int inputs, int units, int layers, int outputs) {}

    final FloatOps ops;
    final Shape shape;
    final RecurrentLayer[] layers;
    final BackPropagation[] backs;
    final Convolution head;

    public RecurrentNetwork(Shape shape) {
        this(Kernel.fastest(), shape);
    }

    RecurrentNetwork(FloatOps ops, Shape shape) {
        this.ops = ops;
        this.shape = shape;
        this.layers = new RecurrentLayer[shape.layers()];
        this.backs = new BackPropagation[shape.layers()];
        for (int i = 0; i < layers.length; i++) {
            layers[i] = new RecurrentLayer(ops, shape.unit(), i == 0 ? shape.inputs() : shape.units(), shape.units());
            backs[i] = new BackPropagation(layers[i]);
        }
        this.head = new Convolution(ops, shape.units(), shape.outputs(), 1, 1);
    }

    /** How many parameters there are: those of each layer from the bottom up, and those of the head. */
    public int parameters() {
        int count = head.parameters();
        for (RecurrentLayer layer : layers) {
            count += layer.parameters();
        }
        return count;
    }

    /** Takes its parameters from an array. Not while a thread computes. */
    public void load(float[] parameters) {
        int at = 0;
        for (int i = 0; i < layers.length; i++) {
            layers[i].load(parameters, at);
            backs[i].load(parameters, at);
            at += layers[i].parameters();
        }
        head.load(parameters, at);
    }

    /** For {@link ParameterUpdates}: 1 for each weight, 0 for each bias. */
    public float[] decays() {
        float[] decays = new float[FloatOps.padded(parameters())];
        int at = 0;
        for (RecurrentLayer layer : layers) {
            int weights = (layer.inputs + layer.units) * layer.unit.gates() * layer.units;
            Arrays.fill(decays, at, at + weights, 1);
            at += layer.parameters();
        }
        Arrays.fill(decays, at, at + head.parameters() - head.outputs, 1);
        return decays;
    }
}
