package io.foretide.kernel;

import java.util.Arrays;

/**
 * What a network over tokens looks like: an embedding, recurrent layers of the same unit and number of units, and a head with
 * an output for each token. Where an embedding is as large as the state, its table is the head's matrix as well (Press and
 * Wolf 2017).
 *
 * <p>Its parameters stand in this order: the embedding, a row a token; those of each layer from the bottom up; the head's W,
 * where it is not tied, and b.
 */
public record TokenShape(RecurrentUnit unit, int tokens, int embedding, int units, int layers) {
    public TokenShape {
        if (tokens < 1 || embedding < 1 || units < 1 || layers < 1) {
            throw new IllegalArgumentException(
                    "tokens, embedding, units and layers must be positive, were %d, %d, %d and %d"
                            .formatted(tokens, embedding, units, layers));
        }
    }

    /** Whether the head's matrix is the embedding's table, transposed. */
    public boolean tied() {
        return embedding == units;
    }

    public long parameters() {
        return (long) tokens * embedding + layerParameters() + headParameters();
    }

    /** Of all recurrent layers. */
    public long layerParameters() {
        long count = 0;
        for (int i = 0; i < layers; i++) {
            count += parametersOf(i);
        }
        return count;
    }

    private long parametersOf(int layer) {
        int biases = unit.gatesApart() > 0 ? 2 : 1;
        return ((layer == 0 ? embedding : units) + units + (long) biases) * unit.gates() * units;
    }

    /** Of the head, without a matrix that is tied. */
    public long headParameters() {
        return (tied() ? 1L : units + 1L) * tokens;
    }

    /** How many numbers a walk carries: of each layer from the bottom up h, and c of units that have it. */
    public int stateLength() {
        return layers * numbersOfLayer();
    }

    int numbersOfLayer() {
        return unit.hasCell() ? 2 * units : units;
    }

    /** For {@link ParameterUpdates}: 1 for each weight, 0 for each bias. */
    public float[] decays() {
        float[] decays = new float[FloatOps.padded(Math.toIntExact(parameters()))];
        int at = tokens * embedding;
        Arrays.fill(decays, 0, at, 1);
        for (int i = 0; i < layers; i++) {
            int weights = ((i == 0 ? embedding : units) + units) * unit.gates() * units;
            Arrays.fill(decays, at, at + weights, 1);
            at += Math.toIntExact(parametersOf(i));
        }
        Arrays.fill(decays, at, at + Math.toIntExact(headParameters()) - tokens, 1);
        return decays;
    }

    /** The layers over such parameters. */
    RecurrentLayer[] newLayers(FloatOps ops) {
        var made = new RecurrentLayer[layers];
        for (int i = 0; i < layers; i++) {
            made[i] = new RecurrentLayer(ops, unit, i == 0 ? embedding : units, units);
        }
        return made;
    }

    /** The head's W and b, in this order; a row an input. */
    float[] head(float[] parameters) {
        int at = Math.toIntExact((long) tokens * embedding + layerParameters());
        if (!tied()) {
            return Arrays.copyOfRange(parameters, at, at + (units + 1) * tokens);
        }
        float[] head = new float[(units + 1) * tokens];
        for (int token = 0; token < tokens; token++) {
            for (int k = 0; k < units; k++) {
                head[k * tokens + token] = parameters[token * units + k];
            }
        }
        System.arraycopy(parameters, at, head, units * tokens, tokens);
        return head;
    }
}
