package io.foretide.network;

import io.foretide.kernel.Cell;
import io.foretide.kernel.CellState;
import io.foretide.kernel.Dense;
import java.util.List;

/** The parameters of one network as the cells that compute with them: recurrent layers from the bottom up, and the head. */
record Weights(List<Cell> layers, Dense head) {
    Weights {
        layers = List.copyOf(layers);
    }

    /** What the layers carry in a walk that has seen nothing yet. */
    CellState[] initialStates() {
        return layers.stream().map(Cell::initialState).toArray(CellState[]::new);
    }

    /** One step of all layers: in place, without allocation. */
    void step(float[] inputs, CellState[] states) {
        float[] input = inputs;
        for (int i = 0; i < states.length; i++) {
            layers.get(i).step(input, states[i]);
            input = states[i].hidden();
        }
    }

    /** The memory that the parameters take. */
    long sizeInBytes() {
        return head.sizeInBytes() + layers.stream().mapToLong(Cell::sizeInBytes).sum();
    }
}
