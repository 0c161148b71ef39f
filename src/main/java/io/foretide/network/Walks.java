package io.foretide.network;

import io.foretide.kernel.BatchStepper;
import io.foretide.kernel.Cell;
import io.foretide.kernel.CellState;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Walks of one predictor side by side, a step of all at a time, which reads the weights of a member once for all of them. Each goes
 * through the states that it would go through alone, to the bit. Belongs to one thread.
 */
final class Walks {
    /** More at a time gain nothing. */
    static final int MOST = 16;

    /** Fewer are faster one by one. */
    private static final int LEAST = 4;

    private final Predictor predictor;
    /** For each member those of its layers. */
    private final List<List<BatchStepper>> steppers;

    private final State[] states = new State[MOST];
    private final CellState[] cells = new CellState[MOST];
    private final float[] inputs;
    private final int distance;

    /** The first steps of a target, from a fresh state. */
    record Path(double[] target, Surroundings surroundings, int length) {
        Path {
            if (length < 1 || length > target.length) {
                throw new IllegalArgumentException("a path of " + length + " steps in " + target.length);
            }
        }
    }

    /** Hears of the state of a walk after each of its steps; may read it. */
    interface Visitor {
        /** @param walk which path, counted from 0 */
        void stepped(int walk, State state);
    }

    Walks(Predictor predictor) {
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

    /** Walks all paths, in no particular order. */
    void over(List<Path> paths, Visitor visitor) {
        // The longest first, so that of walks side by side those still under way are the first ones.
        List<Integer> order = IntStream.range(0, paths.size())
                .boxed()
                .sorted(Comparator.comparing(walk -> -paths.get(walk).length()))
                .toList();
        for (int from = 0; from < order.size(); from += MOST) {
            sideBySide(paths, order.subList(from, Math.min(order.size(), from + MOST)), visitor);
        }
    }

    private void sideBySide(List<Path> paths, List<Integer> walks, Visitor visitor) {
        int underWay = walks.size();
        for (int row = 0; row < underWay; row++) {
            states[row] = predictor.initialState();
        }
        for (int step = 0; underWay > 0; step++) {
            for (int row = 0; row < underWay; row++) {
                Path path = paths.get(walks.get(row));
                predictor.see(states[row], path.target()[step], path.surroundings());
            }
            step(underWay);
            for (int row = 0; row < underWay; row++) {
                predictor.expect(states[row], paths.get(walks.get(row)).surroundings());
            }
            for (int row = 0; row < underWay; row++) {
                visitor.stepped(walks.get(row), states[row]);
            }
            while (underWay > 0 && paths.get(walks.get(underWay - 1)).length() == step + 1) {
                underWay--;
            }
        }
    }

    /** Steps all members of the first states by the inputs that they hold. */
    private void step(int underWay) {
        if (underWay < LEAST) {
            for (int row = 0; row < underWay; row++) {
                predictor.step(states[row]);
            }
            return;
        }
        for (int member = 0; member < steppers.size(); member++) {
            step(member, underWay);
        }
    }

    private void step(int member, int underWay) {
        List<BatchStepper> layers = steppers.get(member);
        int units = predictor.settings().network().units();
        for (int row = 0; row < underWay; row++) {
            System.arraycopy(states[row].inputs, 0, inputs, row * distance, states[row].inputs.length);
        }
        for (int layer = 0; layer < layers.size(); layer++) {
            for (int row = 0; row < underWay; row++) {
                CellState[] own = states[row].members[member];
                cells[row] = own[layer];
                if (layer > 0) {
                    float[] below = own[layer - 1].hidden();
                    System.arraycopy(below, 0, inputs, row * distance, units);
                }
            }
            layers.get(layer).step(inputs, distance, cells, underWay);
        }
    }
}
