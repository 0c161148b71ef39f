package io.foretide.network;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Walks of one predictor over whole series side by side, a step of all at a time. Each goes through the states that it would go
 * through alone, to the bit; what is expected of its next step is known only where the levels adapt. Belongs to one thread.
 */
final class Walks {
    private static final int MOST = Lockstep.MOST;

    private final Predictor predictor;
    private final Lockstep lockstep;
    private final Outputs next;
    private final State[] states = new State[MOST];

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
        this.lockstep = new Lockstep(predictor);
        this.next = Outputs.ofNext(predictor);
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
            states[row] = State.initial(predictor, next);
        }
        for (int step = 0; underWay > 0; step++) {
            for (int row = 0; row < underWay; row++) {
                Path path = paths.get(walks.get(row));
                predictor.see(states[row], path.target()[step], path.surroundings());
            }
            lockstep.step(states, underWay);
            for (int row = 0; row < underWay; row++) {
                if (states[row].adaptation != null) {
                    predictor.expect(states[row], paths.get(walks.get(row)).surroundings());
                }
                visitor.stepped(walks.get(row), states[row]);
            }
            while (underWay > 0 && paths.get(walks.get(underWay - 1)).length() == step + 1) {
                underWay--;
            }
        }
    }
}
