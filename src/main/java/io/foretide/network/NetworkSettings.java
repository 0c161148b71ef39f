package io.foretide.network;

import static java.util.Objects.requireNonNull;

import io.foretide.kernel.RecurrentUnit;

/**
 * The architecture of a recurrent network.
 *
 * @param dropout the probability that an input of a layer is left out
 * @param members how many such networks there are, whose outputs are averaged
 */
public record NetworkSettings(
        CellType cell, int units, int layers, Activation activation, double dropout, int members) {
    /** Of how many networks a version consists at most. */
    public static final int MOST_MEMBERS = 8;

    static final int MOST_UNITS = 1024;
    static final int MOST_LAYERS = 8;

    public NetworkSettings {
        requireNonNull(cell, "cell");
        requireNonNull(activation, "activation");
        if (units < 1 || units > MOST_UNITS || layers < 1 || layers > MOST_LAYERS) {
            throw new IllegalArgumentException("units must lie in [1, %d] and layers in [1, %d], were %d and %d"
                    .formatted(MOST_UNITS, MOST_LAYERS, units, layers));
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout must lie in [0, 1), was " + dropout);
        }
        if (members < 1 || members > MOST_MEMBERS) {
            throw new IllegalArgumentException("members must lie in [1, %d], were %d".formatted(MOST_MEMBERS, members));
        }
    }

    /** The unit that computes such cells. */
    public RecurrentUnit unit() {
        return WeightsFormat.unit(this);
    }

    /** The same with another number of networks. */
    public NetworkSettings withMembers(int members) {
        return new NetworkSettings(cell, units, layers, activation, dropout, members);
    }
}
