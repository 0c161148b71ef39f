package io.foretide.network;

import io.foretide.kernel.BatchStepper;
import io.foretide.kernel.Cell;
import io.foretide.kernel.CellState;
import java.util.List;

/**
 * Steps states of one predictor together, which reads the weights of a member once for all of them. Each becomes what it would
 * become alone, to the bit. Belongs to one thread.
 */
final class Lockstep {
    /** More at a time gain nothing. */
    static final int MOST = 16;

    /** Fewer are faster one by one. */
    private static final int LEAST = 4;

    private final Predictor predictor;

    /** For each member those of its layers. */
    private final List<List<BatchStepper>> steppers;

    private final CellState[] cells = new CellState[MOST];
    private final float[] inputs;
    private final int distance;

    Lockstep(Predictor predictor) {
        this.predictor = predictor;
        this.steppers = predictor.members().stream()
                .map(member -> member.layers().stream()
                        .map(layer -> new BatchStepper(layer, MOST))
                        .toList())
                .toList();
        // Rows wide enough for the inputs of every layer.
        this.distance = predictor.members().getFirst().layers().stream()
                .mapToInt(Cell::inputs)
                .max()
                .orElseThrow();
        this.inputs = new float[MOST * distance];
    }

    /** Steps all members of the first states by the inputs that they hold. */
    void step(State[] states, int count) {
        if (count < LEAST) {
            for (int row = 0; row < count; row++) {
                predictor.step(states[row]);
            }
            return;
        }
        for (int member = 0; member < steppers.size(); member++) {
            step(member, states, count);
        }
    }

    private void step(int member, State[] states, int count) {
        List<BatchStepper> layers = steppers.get(member);
        int units = predictor.settings().network().units();
        for (int row = 0; row < count; row++) {
            System.arraycopy(states[row].inputs, 0, inputs, row * distance, states[row].inputs.length);
        }
        for (int layer = 0; layer < layers.size(); layer++) {
            for (int row = 0; row < count; row++) {
                CellState[] own = states[row].members[member];
                cells[row] = own[layer];
                if (layer > 0) {
                    float[] below = own[layer - 1].hidden();
                    System.arraycopy(below, 0, inputs, row * distance, units);
                }
            }
            layers.get(layer).step(inputs, distance, cells, count);
        }
    }
}
