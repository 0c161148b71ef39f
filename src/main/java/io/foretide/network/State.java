package io.foretide.network;

import io.foretide.kernel.CellState;
import java.util.Arrays;

/**
 * All that a forecast depends on: the running level, scale and seasonal profile of a series, and the hidden and cell
 * vectors of each layer. Has exactly one owner; threads share predictors, never states.
 */
public final class State {
    final SmoothedState series;
    final CellState[] layers;

    /** Room for the inputs of one step; carries nothing. */
    final float[] inputs;

    State(SmoothedState series, CellState[] layers, int inputs) {
        this.series = series;
        this.layers = layers;
        this.inputs = new float[inputs];
    }

    /** The number of steps walked, missing ones included. */
    public long steps() {
        return series.steps;
    }

    /** An independent state that goes on from here. */
    public State copy() {
        return new State(
                series.copy(), Arrays.stream(layers).map(CellState::copy).toArray(CellState[]::new), inputs.length);
    }

    /** Whether every forecast from both states is the same to the bit, now and after any same walk. */
    public boolean sameAs(State other) {
        boolean same = series.sameAs(other.series) && layers.length == other.layers.length;
        for (int i = 0; same && i < layers.length; i++) {
            same = layers[i].sameAs(other.layers[i]);
        }
        return same;
    }

    float[] top() {
        return layers[layers.length - 1].hidden();
    }
}
