package io.foretide.network;

import io.foretide.kernel.Cell;
import io.foretide.kernel.Dense;
import io.foretide.kernel.Matrix;
import io.foretide.kernel.RecurrentNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the networks of all tasks have in common: recurrent layers and a dense head, of any number of inputs and outputs.
 * Their parameters stand in one array: of each layer from the bottom up W, R and b (of a GRU b and d), then the head's W and
 * b; matrices row after row, a row an input.
 *
 * @param network whose members all look like this
 */
public record RecurrentCore(NetworkSettings network, int inputs, int outputs) {
    public RecurrentCore {
        if (inputs < 1 || outputs < 1) {
            throw new IllegalArgumentException(
                    "inputs and outputs must be positive, were %d and %d".formatted(inputs, outputs));
        }
    }

    /** What goes into a layer, counted from 0. */
    int inputs(int layer) {
        return layer == 0 ? inputs : network.units();
    }

    /** How many parameters one member has. */
    public long parameters() {
        long count = (network.units() + 1L) * outputs;
        for (int layer = 0; layer < network.layers(); layer++) {
            long columns = (long) WeightsFormat.gates(network.cell()) * network.units();
            count += (inputs(layer) + network.units() + (long) WeightsFormat.biases(network.cell())) * columns;
        }
        return count;
    }

    /** For training on the kernels. */
    public RecurrentNetwork.Shape shape() {
        return new RecurrentNetwork.Shape(
                WeightsFormat.unit(network), inputs, network.units(), network.layers(), outputs);
    }

    /** Where a training starts: parameters as Deeplearning4j draws them from the seed. */
    public float[] initial(long seed) {
        NativeLibraries.load(); // before any class of Deeplearning4j, to say what is missing where they are
        return DeepNetwork.initialParameters(this, seed);
    }

    /** The layers from the bottom up, over parameters that begin at a place. */
    public List<Cell> layers(float[] parameters, int offset) {
        List<Cell> layers = new ArrayList<>();
        int at = offset;
        for (int layer = 0; layer < network.layers(); layer++) {
            int columns = WeightsFormat.gates(network.cell()) * network.units();
            Matrix w = matrix(inputs(layer), columns, parameters, at);
            at += w.values().length;
            Matrix r = matrix(network.units(), columns, parameters, at);
            at += r.values().length;
            int biases = WeightsFormat.biases(network.cell()) * columns;
            layers.add(WeightsFormat.cell(network, w, r, Arrays.copyOfRange(parameters, at, at + biases)));
            at += biases;
        }
        return layers;
    }

    /** The head of the same parameters. */
    public Dense head(float[] parameters, int offset) {
        int end = offset + Math.toIntExact(parameters());
        int from = end - (network.units() + 1) * outputs;
        return new Dense(
                matrix(network.units(), outputs, parameters, from), Arrays.copyOfRange(parameters, end - outputs, end));
    }

    private static Matrix matrix(int rows, int columns, float[] parameters, int from) {
        return new Matrix(rows, columns, Arrays.copyOfRange(parameters, from, from + rows * columns));
    }
}
