package io.foretide.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The way back through a {@link RecurrentLayer}: gradients by its parameters, its inputs and its initial state. */
final class BackPropagation {
    private final RecurrentLayer layer;
    private final Gates gates;
    private final PackedMatrix wTransposed;
    private final PackedMatrix rTransposed;

    BackPropagation(RecurrentLayer layer) {
        this.layer = layer;
        this.gates = layer.ops.gates(layer.unit);
        this.wTransposed = new PackedMatrix(layer.ops, layer.sums, FloatOps.padded(layer.inputs));
        this.rTransposed = new PackedMatrix(layer.ops, layer.sums, layer.width);
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
            for (int k = 0; k < units; k++) {
                rTransposed.setColumn(row, k, parameters, from + k * stride, units);
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
        float[] recurrent = layer.unit.keepsSumsApart() ? tape.zh : tape.z;
        for (int step = tape.steps - 1; step >= 0; step--) {
            step(tape, step, recurrent);
        }
        gradient.add(tape, recurrent);
        if (dx != null) {
            int all = tape.steps * tape.rows;
            Arrays.fill(dx, 0, all * wTransposed.columns, 0);
            layer.ops.multiplyAdd(all, tape.z, 0, layer.sums, wTransposed, dx, 0, wTransposed.columns);
        }
    }

    private void step(Tape tape, int step, float[] recurrent) {
        int rows = tape.rows, width = layer.width, sums = layer.sums;
        int z = step * rows * sums, before = tape.at(step, 0), after = tape.at(step + 1, 0);
        FloatOps ops = layer.ops;
        ops.add(tape.dh, 0, tape.dOut, before, rows * width);
        for (int row = 0; row < rows; row++) {
            if (tape.masked(step, row)) {
                Arrays.fill(tape.z, z + row * sums, z + (row + 1) * sums, 0);
                Arrays.fill(recurrent, z + row * sums, z + (row + 1) * sums, 0);
            } else {
                int offset = row * width;
                gates.backward(tape, z + row * sums, before + offset, after + offset, offset);
            }
        }
        if (tape.dropsState()) {
            Arrays.fill(tape.dKept, 0);
            ops.multiplyAdd(rows, recurrent, z, sums, rTransposed, tape.dKept, 0, width);
            ops.addProduct(tape.dKept, 0, tape.keep, 0, tape.dh, 0, rows * width);
        } else {
            ops.multiplyAdd(rows, recurrent, z, sums, rTransposed, tape.dh, 0, width);
        }
    }
}
