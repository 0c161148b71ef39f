package io.foretide.kernel;

/** The mathematics of one recurrent layer, with its weights. Immutable: any number of states may walk on it at once. */
public sealed interface Cell permits SimpleRnnCell, LstmCell {
    int inputs();

    int units();

    CellState initialState();

    /** Advances the state by one step, in place and without allocation. */
    void step(float[] input, CellState state);
}
