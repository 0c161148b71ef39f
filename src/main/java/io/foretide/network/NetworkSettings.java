package io.foretide.network;

import static java.util.Objects.requireNonNull;

/** The architecture of a recurrent network. Dropout is the probability that an input of a layer is left out. */
public record NetworkSettings(CellType cell, int units, int layers, Activation activation, double dropout) {
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
    }
}
