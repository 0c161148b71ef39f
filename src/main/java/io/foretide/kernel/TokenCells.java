package io.foretide.kernel;

import java.util.Arrays;

/** A network over tokens with its parameters, ready to walk. Immutable: any number of {@link TokenStepper}s may use it. */
public final class TokenCells {
    /** Up to so many numbers, what the first layer makes of each token is computed beforehand. */
    private static final long LARGEST_TABLE = 1 << 22;

    final TokenShape shape;
    final RecurrentLayer[] layers;
    final Dense head;

    /** The embedding, or empty where there is a {@link #table}. */
    final float[] embedding;

    /** Of each token the sums that the first layer begins with, or empty. To the bit what it would compute itself. */
    final float[] table;

    /** @param parameters in the order of {@link TokenShape} */
    public TokenCells(TokenShape shape, float[] parameters) {
        this(Kernel.fastest(), shape, parameters);
    }

    TokenCells(FloatOps ops, TokenShape shape, float[] parameters) {
        if (parameters.length < shape.parameters()) {
            throw new IllegalArgumentException(
                    parameters.length + " parameters, and " + shape + " has " + shape.parameters());
        }
        this.shape = shape;
        this.layers = shape.newLayers(ops);
        int at = shape.tokens() * shape.embedding();
        for (RecurrentLayer layer : layers) {
            layer.load(parameters, at);
            at += layer.parameters();
        }
        float[] ofHead = shape.head(parameters);
        int weights = shape.units() * shape.tokens();
        this.head = new Dense(
                        ops,
                        new Matrix(shape.units(), shape.tokens(), Arrays.copyOf(ofHead, weights)),
                        Arrays.copyOfRange(ofHead, weights, ofHead.length))
                .pair();
        long sums = (long) shape.tokens() * layers[0].sums;
        this.table = new float[sums <= LARGEST_TABLE ? (int) sums : 0];
        if (table.length > 0) {
            layers[0].sumsOf(shape.tokens(), parameters, 0, shape.embedding(), table, 0);
        }
        for (int i = 0; i < layers.length; i++) {
            layers[i].pair(i > 0 || table.length == 0);
        }
        this.embedding =
                table.length > 0 ? new float[0] : Arrays.copyOf(parameters, shape.tokens() * shape.embedding());
    }

    public TokenShape shape() {
        return shape;
    }

    /** The memory that the parameters take. */
    public long sizeInBytes() {
        long bytes = head.sizeInBytes() + (long) Float.BYTES * (table.length + embedding.length);
        for (RecurrentLayer layer : layers) {
            bytes += layer.sizeInBytes();
        }
        return bytes;
    }
}
