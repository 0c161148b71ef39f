package io.foretide.network;

import io.foretide.kernel.Cell;
import io.foretide.kernel.Dense;
import java.util.List;

/** The parameters of one network as the cells that compute with them: recurrent layers from the bottom up, and the head. */
record Weights(List<Cell> layers, Dense head) {
    Weights {
        layers = List.copyOf(layers);
    }

    /** The memory that the parameters take. */
    long sizeInBytes() {
        return head.sizeInBytes() + layers.stream().mapToLong(Cell::sizeInBytes).sum();
    }
}
