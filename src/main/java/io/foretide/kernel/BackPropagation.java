package io.foretide.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The way back through a {@link RecurrentLayer}: gradients by its parameters, its inputs and its initial state. */
final class BackPropagation {
    private final RecurrentLayer layer;
    private final Gates gates;
    private final PackedMatrix wTransposed;
    private final PackedMatrix rJoined;
    private final PackedMatrix rApart;

    BackPropagation(RecurrentLayer layer) {
        this.layer = layer;
        this.gates = layer.ops.gates(layer.unit);
        this.wTransposed = new PackedMatrix(layer.ops, layer.sums, FloatOps.padded(layer.inputs));
        this.rJoined = new PackedMatrix(layer.ops, layer.joined, layer.width);
        this.rApart = new PackedMatrix(layer.ops, layer.sums - layer.joined, layer.width);
    }

    /** Takes the same parameters as the layer. Not while a thread is on its way back. */
    void load(float[] parameters, int offset) {
        int units = layer.units, stride = layer.unit.gates() * units;
        for (int gate = 0; gate < layer.unit.gates(); gate++) {
            int from = offset + gate * units, row = gate * layer.width;
            for (int k = 0; k < layer.inputs; k++) {
                wTransposed.setColumn(row, k, parameters, from + k * stride, units);
            }
            from += layer.inputs * stride;
            PackedMatrix r = row < layer.joined ? rJoined : rApart;
            for (int k = 0; k < units; k++) {
                r.setColumn(row % layer.joined, k, parameters, from + k * stride, units);
            }
        }
    }

    /**
     * Goes back over all steps of a tape, from the gradients by its outputs and by its last state to that by its initial
     * state; the activations on the tape become gradients. Adds the gradient by the parameters to {@code gradient}.
     *
     * @param dx where the gradient by the inputs goes: rows are padded inputs apart; null where nobody asks for it
     */
    void backward(Tape tape, RecurrentGradient gradient, float @Nullable [] dx) {
        for (int step = tape.steps - 1; step >= 0; step--) {
            step(tape, step);
        }
        gradient.add(tape);
        if (dx != null) {
            byInputs(tape.steps * tape.rows, tape.z, dx);
        }
    }

    /** The gradient by inputs, from that by the sums that they have a part in. */
    void byInputs(int rows, float[] bySums, float[] dx) {
        Arrays.fill(dx, 0, rows * wTransposed.columns, 0);
        layer.ops.multiplyAdd(rows, bySums, 0, layer.sums, wTransposed, dx, 0, wTransposed.columns);
    }

    private void step(Tape tape, int step) {
        int rows = tape.rows, width = layer.width, sums = layer.sums;
        int z = step * rows * sums, before = tape.at(step, 0), after = tape.at(step + 1, 0);
        FloatOps ops = layer.ops;
        ops.add(tape.dh, 0, tape.dOut, before, rows * width);
        for (int row = 0; row < rows; row++) {
            if (tape.masked(step, row)) {
                clear(tape, step * rows + row);
            } else {
                int offset = row * width;
                gates.backward(tape, z + row * sums, before + offset, after + offset, offset);
            }
        }
        if (tape.dropsState()) {
            Arrays.fill(tape.dKept, 0);
            addByState(tape, step, tape.dKept);
            ops.addProduct(tape.dKept, 0, tape.keep, 0, tape.dh, 0, rows * width);
        } else {
            addByState(tape, step, tape.dh);
        }
    }

    /** The sums of a masked step have no gradient. */
    private void clear(Tape tape, int row) {
        int apart = layer.sums - layer.joined;
        Arrays.fill(tape.z, row * layer.sums, (row + 1) * layer.sums, 0);
        Arrays.fill(tape.zh, row * apart, (row + 1) * apart, 0);
    }

    /** Adds the gradient by the state that comes through the product h·R. */
    private void addByState(Tape tape, int step, float[] to) {
        int rows = tape.rows, width = layer.width, sums = layer.sums, apart = sums - layer.joined;
        layer.ops.multiplyAdd(rows, tape.z, step * rows * sums, sums, rJoined, to, 0, width);
        if (apart > 0) {
            layer.ops.multiplyAdd(rows, tape.zh, step * rows * apart, apart, rApart, to, 0, width);
        }
    }
}
