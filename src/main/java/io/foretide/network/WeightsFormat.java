package io.foretide.network;

import io.foretide.kernel.Cell;
import io.foretide.kernel.Dense;
import io.foretide.kernel.Matrix;
import io.foretide.kernel.RecurrentUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The order of parameters in an artifact: member after member; of each, for each recurrent layer from the bottom up W, R and
 * b (of a GRU b and d), then the head's W and b; matrices row after row, a row an input.
 */
final class WeightsFormat {
    private WeightsFormat() {}

    /** How many parameters all members of these settings have. */
    static long countOfAll(Settings settings) {
        return settings.network().members() * count(settings);
    }

    /** How many parameters one member has. */
    static long count(Settings settings) {
        NetworkSettings network = settings.network();
        long count = 0;
        for (int layer = 0; layer < network.layers(); layer++) {
            long columns = (long) gates(network.cell()) * network.units();
            count += (inputs(settings, layer) + network.units() + (long) biases(network.cell())) * columns;
        }
        return count + (network.units() + 1L) * outputs(settings);
    }

    /** Those of each future step, and a coefficient of each for every number that is {@linkplain KnownEffects known ahead}. */
    static long outputs(Settings settings) {
        ForecastSettings forecast = settings.forecast();
        return ((long) forecast.horizon() + settings.features().knownAhead()) * Head.width(forecast);
    }

    /** Of one member. */
    static float[] floats(Weights weights) {
        return floats(List.of(weights));
    }

    static float[] floats(List<Weights> members) {
        List<float[]> parts = new ArrayList<>();
        for (Weights weights : members) {
            for (Cell cell : weights.layers()) {
                parts.add(cell.parameters());
            }
            parts.add(weights.head().parameters());
        }
        float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /** Cells of one member over as many parameters as {@link #count} says. */
    static Weights weights(Settings settings, float[] parameters) {
        return weights(settings, new Source(parameters));
    }

    /** The members over as many parameters as {@link #countOfAll} says. */
    static List<Weights> members(Settings settings, float[] parameters) {
        var source = new Source(parameters);
        List<Weights> members = new ArrayList<>();
        for (int member = 0; member < settings.network().members(); member++) {
            members.add(weights(settings, source));
        }
        return members;
    }

    private static Weights weights(Settings settings, Source source) {
        NetworkSettings network = settings.network();
        List<Cell> layers = new ArrayList<>();
        for (int layer = 0; layer < network.layers(); layer++) {
            int columns = gates(network.cell()) * network.units();
            Matrix w = source.matrix(inputs(settings, layer), columns);
            Matrix r = source.matrix(network.units(), columns);
            float[] b = source.vector(biases(network.cell()) * columns);
            layers.add(cell(network, w, r, b));
        }
        int outputs = Math.toIntExact(outputs(settings));
        return new Weights(layers, new Dense(source.matrix(network.units(), outputs), source.vector(outputs)));
    }

    static Cell cell(NetworkSettings network, Matrix w, Matrix r, float[] b) {
        return new Cell(unit(network), w, r, b);
    }

    static RecurrentUnit unit(NetworkSettings network) {
        return switch (network.cell()) {
            case LSTM -> RecurrentUnit.LSTM;
            case GRU -> RecurrentUnit.GRU;
            case SIMPLE_RNN ->
                switch (network.activation()) {
                    case TANH -> RecurrentUnit.TANH;
                    case RELU -> RecurrentUnit.RELU;
                    case SIGMOID -> RecurrentUnit.SIGMOID;
                };
        };
    }

    static int gates(CellType cell) {
        return switch (cell) {
            case SIMPLE_RNN -> 1;
            case GRU -> 3;
            case LSTM -> 4;
        };
    }

    /** How many biases a gate has: a GRU has one of each product. */
    static int biases(CellType cell) {
        return switch (cell) {
            case SIMPLE_RNN, LSTM -> 1;
            case GRU -> 2;
        };
    }

    static int inputs(Settings settings, int layer) {
        return layer == 0
                ? Inputs.count(settings.features())
                : settings.network().units();
    }

    private static final class Source {
        private final float[] parameters;
        private int at;

        private Source(float[] parameters) {
            this.parameters = parameters;
        }

        private Matrix matrix(int rows, int columns) {
            return new Matrix(rows, columns, vector(rows * columns));
        }

        private float[] vector(int length) {
            float[] vector = Arrays.copyOfRange(parameters, at, at + length);
            at += length;
            return vector;
        }
    }
}
