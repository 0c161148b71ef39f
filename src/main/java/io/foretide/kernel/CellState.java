package io.foretide.kernel;

import java.util.Arrays;

/**
 * What one recurrent layer carries from step to step.
 *
 * @param hidden the hidden state h, one number a unit
 * @param cell the cell state c of an LSTM; empty for other cells
 * @param sums room for the gates of one step; carries nothing
 */
public record CellState(float[] hidden, float[] cell, float[] sums) {
    public CellState copy() {
        return new CellState(hidden.clone(), cell.clone(), new float[sums.length]);
    }

    /** Bit for bit; NaN equals NaN. */
    public boolean sameAs(CellState other) {
        return Arrays.equals(hidden, other.hidden) && Arrays.equals(cell, other.cell);
    }
}
