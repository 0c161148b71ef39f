package io.foretide.kernel;

import java.util.Arrays;

/** What one recurrent layer carries from step to step. Has exactly one owner. */
public final class CellState {
    private final RecurrentLayer layer;
    final Tape tape;

    CellState(RecurrentLayer layer) {
        this.layer = layer;
        this.tape = Tape.forStepping(layer, 1);
        tape.begin(1, 1);
    }

    public CellState copy() {
        var copy = new CellState(layer);
        System.arraycopy(tape.h, 0, copy.tape.h, 0, tape.h.length);
        System.arraycopy(tape.c, 0, copy.tape.c, 0, tape.c.length);
        return copy;
    }

    /** The hidden state h: a number a unit, and perhaps more that mean nothing. Live. */
    public float[] hidden() {
        return tape.h;
    }

    /** The cell state c of an LSTM, as {@link #hidden}; empty for other units. */
    public float[] cell() {
        return tape.c;
    }

    /** Bit for bit; NaN equals NaN. */
    public boolean sameAs(CellState other) {
        int n = layer.units, cells = Math.min(n, tape.c.length);
        return n == other.layer.units
                && Arrays.equals(tape.h, 0, n, other.tape.h, 0, n)
                && Arrays.equals(tape.c, 0, cells, other.tape.c, 0, Math.min(n, other.tape.c.length));
    }
}
