package io.foretide.kernel;

/**
 * Advances many walks on one cell by one step together: their states are gathered, stepped as one batch, and put back. Each
 * ends where it would have ended alone, to the bit. Belongs to one thread at a time.
 */
public final class BatchStepper {
    private final Cell cell;
    private final Tape tape;

    /** @param most how many walks at once */
    public BatchStepper(Cell cell, int most) {
        this.cell = cell;
        this.tape = Tape.forStepping(cell.layer, most);
    }

    /**
     * Advances the first states.
     *
     * @param inputs a row of inputs for each state, rows {@code distance} apart
     */
    public void step(float[] inputs, int distance, CellState[] states, int count) {
        tape.begin(count, 1);
        tape.input(inputs, 0, distance);
        for (int row = 0; row < count; row++) {
            copy(states[row].tape, 0, tape, tape.at(0, row));
        }
        cell.layer.step(tape);
        for (int row = 0; row < count; row++) {
            copy(tape, tape.at(0, row), states[row].tape, 0);
        }
    }

    private void copy(Tape from, int at, Tape to, int toAt) {
        int width = tape.width;
        System.arraycopy(from.h, at, to.h, toAt, width);
        if (cell.layer.unit.hasCell()) {
            System.arraycopy(from.c, at, to.c, toAt, width);
        }
    }
}
