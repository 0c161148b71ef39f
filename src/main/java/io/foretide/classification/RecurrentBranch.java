package io.foretide.classification;

import io.foretide.kernel.BatchStepper;
import io.foretide.kernel.Cell;
import io.foretide.kernel.CellState;
import io.foretide.kernel.Dense;
import io.foretide.network.RecurrentCore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The recurrent networks of a classifier, whose logits are averaged. Immutable. */
final class RecurrentBranch {
    /** How many sequences are walked together. */
    private static final int TOGETHER = 64;

    private final RecurrentCore core;
    private final int labels;
    private final List<Member> members;

    /** One network. */
    private record Member(float[] parameters, WordTable words, List<Cell> layers, Dense head) {}

    /**
     * What goes on from step to step.
     *
     * @param layers [members][layers]
     */
    record Walk(CellState[][] layers, Pooling[] pools) {
        Walk copy() {
            CellState[][] copies = Arrays.stream(layers)
                    .map(member -> Arrays.stream(member).map(CellState::copy).toArray(CellState[]::new))
                    .toArray(CellState[][]::new);
            return new Walk(copies, Arrays.stream(pools).map(Pooling::copy).toArray(Pooling[]::new));
        }
    }

    /**
     * @param core with as many outputs as {@link Pooling} has for the labels
     * @param embedded how many words have numbers of their own; 0 of values
     * @param parameters of each member those of the core, and behind them the numbers of each word
     */
    RecurrentBranch(RecurrentCore core, int labels, int embedded, List<float[]> parameters) {
        this.core = core;
        this.labels = labels;
        this.members = parameters.stream()
                .map(one -> new Member(
                        one,
                        new WordTable(embedded, core.inputs(), one, Math.toIntExact(core.parameters())),
                        core.layers(one, 0),
                        core.head(one, 0)))
                .toList();
    }

    int members() {
        return members.size();
    }

    Walk initialWalk() {
        CellState[][] layers = members.stream()
                .map(member -> member.layers().stream().map(Cell::initialState).toArray(CellState[]::new))
                .toArray(CellState[][]::new);
        Pooling[] pools = members.stream().map(_ -> new Pooling(labels)).toArray(Pooling[]::new);
        return new Walk(layers, pools);
    }

    /** The parameters of each member, in the order of the constructor. Live. */
    List<float[]> parameters() {
        return members.stream().map(Member::parameters).toList();
    }

    /** One step of values. */
    void step(Walk walk, float[] inputs) {
        for (int i = 0; i < members.size(); i++) {
            step(walk, i, inputs);
        }
    }

    /** One word. */
    void step(Walk walk, int word) {
        float[] inputs = new float[core.inputs()];
        for (int i = 0; i < members.size(); i++) {
            members.get(i).words().copy(word, inputs, 0);
            step(walk, i, inputs);
        }
    }

    private void step(Walk walk, int index, float[] inputs) {
        Member member = members.get(index);
        CellState[] layers = walk.layers()[index];
        float[] input = inputs;
        for (int i = 0; i < layers.length; i++) {
            member.layers().get(i).step(input, layers[i]);
            input = layers[i].hidden();
        }
        float[] outputs = member.head().newOutputs();
        member.head().apply(input, outputs);
        walk.pools()[index].step(outputs, 0);
    }

    /** The mean of the members' logits, after a step at least. */
    double[] logits(Walk walk) {
        double[] logits = new double[labels];
        for (Pooling pool : walk.pools()) {
            pool.addLogits(1.0 / members.size(), logits);
        }
        return logits;
    }

    /**
     * The logits of whole sequences, each as a walk alone gives them, to the bit.
     *
     * @return [sequences][labels]
     */
    double[][] logits(Steps steps, int[] sequences, Deadline deadline) {
        double[][] logits = new double[sequences.length][labels];
        List<Integer> byLength = new ArrayList<>();
        for (int i = 0; i < sequences.length; i++) {
            byLength.add(i);
        }
        byLength.sort(Comparator.comparingInt(i -> -steps.length(sequences[i])));
        for (int from = 0; from < sequences.length; from += TOGETHER) {
            List<Integer> some = byLength.subList(from, Math.min(sequences.length, from + TOGETHER));
            for (Member member : members) {
                int[] own = some.stream().mapToInt(i -> sequences[i]).toArray();
                var walks = new Together(member, steps, own, deadline);
                for (int row = 0; row < some.size(); row++) {
                    walks.pools[row].addLogits(1.0 / members.size(), logits[some.get(row)]);
                }
            }
        }
        return logits;
    }

    /** Walks of one member over some sequences, the longest first, so that those still under way are the first ones. */
    private final class Together {
        private final Pooling[] pools;

        private Together(Member member, Steps steps, int[] sequences, Deadline deadline) {
            int count = sequences.length, depth = member.layers().size();
            this.pools = new Pooling[count];
            Arrays.setAll(pools, _ -> new Pooling(labels));
            CellState[][] states = new CellState[depth][count];
            BatchStepper[] steppers = new BatchStepper[depth];
            for (int layer = 0; layer < depth; layer++) {
                Cell cell = member.layers().get(layer);
                steppers[layer] = new BatchStepper(cell, count);
                Arrays.setAll(states[layer], _ -> cell.initialState());
            }
            int width = Math.max(core.inputs(), core.network().units());
            float[] inputs = new float[count * width];
            float[] outputs = member.head().newOutputs();
            int active = count;
            for (int step = 0; step < steps.length(sequences[0]); step++) {
                deadline.check();
                while (steps.length(sequences[active - 1]) <= step) {
                    active--;
                }
                for (int row = 0; row < active; row++) {
                    steps.inputs(sequences[row], step, member.words(), inputs, row * width);
                }
                for (int layer = 0; layer < depth; layer++) {
                    steppers[layer].step(inputs, width, states[layer], active);
                    for (int row = 0; row < active; row++) {
                        float[] hidden = states[layer][row].hidden();
                        System.arraycopy(
                                hidden, 0, inputs, row * width, core.network().units());
                    }
                }
                for (int row = 0; row < active; row++) {
                    member.head().apply(states[depth - 1][row].hidden(), outputs);
                    pools[row].step(outputs, 0);
                }
            }
        }
    }

    /** How many multiplications a step takes, about: the numbers of words are looked up. */
    long workOfAStep() {
        return members.size() * core.parameters();
    }

    long sizeInBytes() {
        return members.stream()
                .mapToLong(member -> (long) Float.BYTES * member.parameters().length
                        + member.head().sizeInBytes()
                        + member.layers().stream().mapToLong(Cell::sizeInBytes).sum())
                .sum();
    }
}
