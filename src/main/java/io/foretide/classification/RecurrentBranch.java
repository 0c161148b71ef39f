package io.foretide.classification;

import io.foretide.kernel.BatchStepper;
import io.foretide.kernel.CausalConvolutions;
import io.foretide.kernel.Cell;
import io.foretide.kernel.CellState;
import io.foretide.kernel.Dense;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The recurrent networks of a classifier, whose logits are averaged. Immutable. */
final class RecurrentBranch {
    /** How many sequences are walked together. */
    private static final int TOGETHER = 64;

    /** How many steps of a sequence convolutions see at once. */
    private static final int STEPS_TOGETHER = 32;

    private final MemberShape shape;
    private final int labels;
    private final List<Member> members;

    /** One network. */
    private record Member(
            float[] parameters, WordTable words, List<Cell> layers, Dense head, CausalConvolutions convolutions) {
        static Member of(MemberShape shape, float[] parameters) {
            return new Member(
                    parameters,
                    shape.words(parameters),
                    shape.core().layers(parameters, 0),
                    shape.core().head(parameters, 0),
                    new CausalConvolutions(shape.convolutions(), parameters, shape.convolutionsAt()));
        }
    }

    /**
     * What goes on from step to step.
     *
     * @param layers [members][layers]
     * @param convolutions of each member
     */
    record Walk(CellState[][] layers, float[][] convolutions, Pooling[] pools) {
        Walk copy() {
            CellState[][] copies = Arrays.stream(layers)
                    .map(member -> Arrays.stream(member).map(CellState::copy).toArray(CellState[]::new))
                    .toArray(CellState[][]::new);
            float[][] seen = Arrays.stream(convolutions).map(float[]::clone).toArray(float[][]::new);
            return new Walk(
                    copies, seen, Arrays.stream(pools).map(Pooling::copy).toArray(Pooling[]::new));
        }
    }

    /** @param parameters of each member, in the order of its shape */
    RecurrentBranch(MemberShape shape, int labels, List<float[]> parameters) {
        this.shape = shape;
        this.labels = labels;
        this.members = parameters.stream().map(one -> Member.of(shape, one)).toList();
    }

    int members() {
        return members.size();
    }

    Walk initialWalk() {
        CellState[][] layers = members.stream()
                .map(member -> member.layers().stream().map(Cell::initialState).toArray(CellState[]::new))
                .toArray(CellState[][]::new);
        float[][] convolutions = members.stream()
                .map(member -> member.convolutions().initialState())
                .toArray(float[][]::new);
        Pooling[] pools = members.stream().map(_ -> new Pooling(labels)).toArray(Pooling[]::new);
        return new Walk(layers, convolutions, pools);
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
        float[] inputs = new float[shape.inputs()];
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
        CausalConvolutions.Room room = member.convolutions().newRoom(1);
        member.convolutions().walk(walk.convolutions()[index], 1, inputs, 0, room);
        add(room, 0, outputs);
        walk.pools()[index].step(outputs, 0);
    }

    private static void add(CausalConvolutions.Room room, int step, float[] outputs) {
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] += room.outputs()[room.at(step) + i];
        }
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
    double[][] logits(Steps steps, int[] sequences) {
        double[][] logits = new double[sequences.length][labels];
        List<Integer> byLength = new ArrayList<>();
        for (int i = 0; i < sequences.length; i++) {
            byLength.add(i);
        }
        byLength.sort(Comparator.comparingInt(i -> -steps.length(sequences[i])));
        for (int from = 0; from < sequences.length; from += TOGETHER) {
            List<Integer> some = byLength.subList(from, Math.min(sequences.length, from + TOGETHER));
            for (Member member : members) {
                var walks = new Together(
                        member, steps, some.stream().mapToInt(i -> sequences[i]).toArray());
                for (int row = 0; row < some.size(); row++) {
                    walks.pools[row].addLogits(1.0 / members.size(), logits[some.get(row)]);
                }
            }
        }
        return logits;
    }

    /** Walks of one member over some sequences, the longest first, so that those still under way are the first ones. */
    private final class Together {
        private final Member member;
        private final Steps steps;
        private final int[] sequences;
        private final Pooling[] pools;
        private final float[][] convolutionStates;
        private final CausalConvolutions.Room[] rooms;
        private final float[] few;

        private Together(Member member, Steps steps, int[] sequences) {
            int count = sequences.length, depth = member.layers().size();
            this.member = member;
            this.steps = steps;
            this.sequences = sequences;
            this.pools = new Pooling[count];
            this.convolutionStates = new float[count][];
            this.rooms = new CausalConvolutions.Room[count];
            this.few = new float[STEPS_TOGETHER * shape.inputs()];
            int most = Math.min(STEPS_TOGETHER, steps.length(sequences[0]));
            for (int row = 0; row < count; row++) {
                pools[row] = new Pooling(labels);
                convolutionStates[row] = member.convolutions().initialState();
                rooms[row] = member.convolutions().newRoom(most);
            }
            CellState[][] states = new CellState[depth][count];
            BatchStepper[] steppers = new BatchStepper[depth];
            for (int layer = 0; layer < depth; layer++) {
                Cell cell = member.layers().get(layer);
                steppers[layer] = new BatchStepper(cell, count);
                Arrays.setAll(states[layer], _ -> cell.initialState());
            }
            walk(steppers, states);
        }

        private void walk(BatchStepper[] steppers, CellState[][] states) {
            int units = shape.core().network().units(), width = Math.max(shape.inputs(), units);
            float[] inputs = new float[sequences.length * width];
            float[] outputs = member.head().newOutputs();
            int active = sequences.length, depth = states.length;
            for (int step = 0; step < steps.length(sequences[0]); step++) {
                while (steps.length(sequences[active - 1]) <= step) {
                    active--;
                }
                for (int row = 0; row < active; row++) {
                    steps.inputs(sequences[row], step, member.words(), inputs, row * width);
                    convolve(row, step);
                }
                for (int layer = 0; layer < depth; layer++) {
                    steppers[layer].step(inputs, width, states[layer], active);
                    for (int row = 0; row < active; row++) {
                        System.arraycopy(states[layer][row].hidden(), 0, inputs, row * width, units);
                    }
                }
                for (int row = 0; row < active; row++) {
                    member.head().apply(states[depth - 1][row].hidden(), outputs);
                    add(rooms[row], step % STEPS_TOGETHER, outputs);
                    pools[row].step(outputs, 0);
                }
            }
        }

        /** Walks the next few steps of a row where its convolutions have not seen them yet. */
        private void convolve(int row, int step) {
            if (step % STEPS_TOGETHER != 0) {
                return;
            }
            int count = Math.min(STEPS_TOGETHER, steps.length(sequences[row]) - step);
            for (int i = 0; i < count; i++) {
                steps.inputs(sequences[row], step + i, member.words(), few, i * shape.inputs());
            }
            member.convolutions().walk(convolutionStates[row], count, few, 0, rooms[row]);
        }
    }

    long sizeInBytes() {
        return members.stream()
                .mapToLong(member -> (long) Float.BYTES * member.parameters().length
                        + member.head().sizeInBytes()
                        + member.convolutions().sizeInBytes()
                        + member.layers().stream().mapToLong(Cell::sizeInBytes).sum())
                .sum();
    }
}
