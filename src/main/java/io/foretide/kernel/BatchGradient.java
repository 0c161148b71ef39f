package io.foretide.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Loss and gradient of a batch. The batch is cut into shards of a fixed number of rows, and the shards are dealt out to
 * parts; each part passes its shards through the network one after the other and sums up their gradients, and the parts are
 * added in order. Both cuts follow from the size of the batch: the result depends neither on the number of threads nor on
 * how they are scheduled. All memory is made beforehand, that of the way forward and back once for each thread and not for
 * each part: what one shard has left in the cache is overwritten by the next.
 */
public final class BatchGradient {
    /** Rows of a shard: two tiles of eight. */
    static final int SHARD = 16;

    /** Each part has a gradient of its own, as large as the network; more threads than parts are of no use. */
    static final int MOST_PARTS = 16;

    /** The loss that a training minimises, summed over predictions. Called by several threads at once. */
    public interface Loss {
        /** Replaces outputs by the gradient by them, and gives the sum of losses. */
        double replaceByGradient(BatchOutputs outputs);
    }

    /**
     * Probabilities with which numbers are left out in training.
     *
     * @param inputs of each number that goes into a layer but the first, and into the head; anew at each step
     * @param state of each unit on its way back into its layer; the same at all steps of a sequence
     */
    public record DropoutRates(double inputs, double state) {
        public static final DropoutRates NONE = new DropoutRates(0, 0);
    }

    private final RecurrentNetwork network;
    private final DropoutRates dropout;
    private final Crew crew;
    private final Part[] parts;
    private final Workspace[] workspaces;
    private final Crew.Work work = this::computePart;

    private int rows;
    private int steps;
    private int shards;
    private int partsUsed;

    /** The first so many workspaces are free; the one that was used last is taken first. */
    private int free;

    private float[] inputs = new float[0];
    private float @Nullable [] inputGradient;
    private long seed;
    private Loss loss = _ -> 0;

    public BatchGradient(RecurrentNetwork network, DropoutRates dropout, int mostRows, int mostSteps, Crew crew) {
        this.network = network;
        this.dropout = dropout;
        this.crew = crew;
        this.parts = new Part[Math.min(MOST_PARTS, Math.ceilDiv(mostRows, SHARD))];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = new Part();
        }
        this.workspaces = new Workspace[Math.min(crew.threads(), parts.length)];
        for (int i = 0; i < workspaces.length; i++) {
            workspaces[i] = new Workspace(Math.min(SHARD, mostRows), mostSteps);
        }
        this.free = workspaces.length;
    }

    /** The heap that an instance takes, its network included, in bytes: no less than it really is, and little more. */
    public static long bytes(RecurrentNetwork.Shape shape, int mostRows, int mostSteps, int threads) {
        long width = FloatOps.padded(shape.units()), outputs = FloatOps.padded(shape.outputs());
        long sums = shape.unit().gates() * width, apart = shape.unit().gatesApart() * width;
        long inputs = FloatOps.padded(shape.inputs()) + (shape.layers() - 1) * width;
        long weights = (inputs + shape.layers() * (width + 3)) * sums + (width + 1) * outputs;
        long shardSteps = (long) Math.min(SHARD, mostRows) * (mostSteps + 1);
        long states = shape.unit().hasCell() ? 7 : 5; // what tape and dropout keep of each
        long tapes = shardSteps * (shape.layers() * (sums + apart + states * width) + shape.inputs() + outputs);
        long products = OuterProduct.ROWS * shape.layers() * (sums + apart);
        long parts = Math.min(MOST_PARTS, Math.ceilDiv(mostRows, SHARD));
        long gradients = parts * (weights + OuterProduct.ROWS * width);
        return Float.BYTES * (2 * weights + gradients + Math.min(threads, parts) * (tapes + products));
    }

    /**
     * Computes the gradient by all parameters, in the order of {@link RecurrentNetwork#parameters}.
     *
     * @param batch [rows][steps][inputs]
     * @param dropoutSeed another one for each batch
     * @return the sum of losses
     */
    public double compute(
            int batchRows, int batchSteps, float[] batch, long dropoutSeed, Loss batchLoss, float[] gradient) {
        return compute(batchRows, batchSteps, batch, dropoutSeed, batchLoss, gradient, null);
    }

    /**
     * As the other, for inputs that have parameters of their own, such as the numbers of a word.
     *
     * @param byInputs set to the gradient by the inputs, in their order; null where nobody asks for it
     */
    public double compute(
            int batchRows,
            int batchSteps,
            float[] batch,
            long dropoutSeed,
            Loss batchLoss,
            float[] gradient,
            float @Nullable [] byInputs) {
        rows = batchRows;
        inputGradient = byInputs;
        steps = batchSteps;
        inputs = batch;
        seed = dropoutSeed;
        loss = batchLoss;
        shards = Math.ceilDiv(batchRows, SHARD);
        partsUsed = Math.min(MOST_PARTS, shards);
        crew.run(partsUsed, work);
        Part sum = parts[0];
        double total = sum.lossSum;
        for (int i = 1; i < partsUsed; i++) {
            sum.add(parts[i]);
            total += parts[i].lossSum;
        }
        sum.copyTo(gradient);
        return total;
    }

    private void computePart(int index) {
        Workspace workspace = takeWorkspace();
        try {
            parts[index].compute(workspace, index * shards / partsUsed, (index + 1) * shards / partsUsed);
        } finally {
            giveBack(workspace);
        }
    }

    private synchronized Workspace takeWorkspace() {
        return workspaces[--free]; // there are as many as threads
    }

    private synchronized void giveBack(Workspace workspace) {
        workspaces[free++] = workspace;
    }

    /** The gradient of a fixed share of the batch. */
    private final class Part {
        private final RecurrentGradient[] gradients;
        private final Convolution.Gradient headGradient;
        private double lossSum;

        private Part() {
            this.gradients = new RecurrentGradient[network.layers.length];
            for (int i = 0; i < gradients.length; i++) {
                gradients[i] = new RecurrentGradient(network.layers[i]);
            }
            this.headGradient = new Convolution.Gradient(network.head);
        }

        private void compute(Workspace workspace, int fromShard, int toShard) {
            lossSum = 0;
            headGradient.clear();
            for (RecurrentGradient gradient : gradients) {
                gradient.clear();
            }
            for (int shard = fromShard; shard < toShard; shard++) {
                lossSum += workspace.compute(shard, this);
            }
        }

        private void add(Part other) {
            for (int i = 0; i < gradients.length; i++) {
                gradients[i].add(other.gradients[i]);
            }
            headGradient.add(other.headGradient);
        }

        private void copyTo(float[] gradient) {
            int at = 0;
            for (int i = 0; i < gradients.length; i++) {
                gradients[i].copyTo(gradient, at);
                at += network.layers[i].parameters();
            }
            headGradient.copyTo(gradient, at);
            Arrays.fill(gradient, at + network.head.parameters(), gradient.length, 0);
        }
    }

    /** Memory for one shard at a time. */
    private final class Workspace {
        private final Tape[] tapes;
        private final float[] x;
        private final BatchOutputs outputs;
        private final float[][] factors;
        private final float[][] dropped;
        private float[] dx = new float[0];
        private int firstRow;

        private Workspace(int mostRows, int mostSteps) {
            int layers = network.layers.length;
            int states = mostSteps * mostRows * network.layers[0].width;
            boolean drops = dropout.inputs() > 0;
            this.tapes = new Tape[layers];
            this.factors = new float[layers][drops ? states : 0];
            this.dropped = new float[layers][drops ? states : 0];
            for (int i = 0; i < layers; i++) {
                tapes[i] = Tape.forTraining(network.layers[i], mostRows, mostSteps);
            }
            this.x = new float[mostSteps * mostRows * network.shape.inputs()];
            this.outputs = new BatchOutputs(network.ops, network.head.width, mostRows, mostSteps);
        }

        /** Adds the gradient of a shard to that of its part, and gives its loss. */
        private double compute(int shard, Part part) {
            firstRow = shard * SHARD;
            int count = Math.min(SHARD, rows - firstRow);
            forward(count);
            outputs.begin(firstRow, count, steps);
            double sum = loss.replaceByGradient(outputs);
            backward(count, part);
            return sum;
        }

        private void forward(int count) {
            takeInputs(count);
            float[] below = x;
            int offset = 0, distance = network.shape.inputs();
            for (int i = 0; i < tapes.length; i++) {
                Tape tape = tapes[i];
                tape.begin(count, steps);
                tape.clearState();
                tape.input(below, offset, distance);
                if (dropout.state() > 0) {
                    Dropout.fill(tape.dropState(), 0, count * tape.width, dropout.state(), seedOf(i, 0));
                }
                network.layers[i].forward(tape);
                below = tape.h;
                offset = tape.at(1, 0);
                distance = tape.width;
                if (dropout.inputs() > 0) {
                    int n = steps * count * tape.width;
                    Dropout.fill(factors[i], 0, n, dropout.inputs(), seedOf(i, 1));
                    network.ops.multiply(below, offset, factors[i], 0, dropped[i], 0, n);
                    below = dropped[i];
                    offset = 0;
                }
            }
            network.head.forward(steps, count, below, offset, distance, outputs.values());
        }

        private long seedOf(int layer, int kind) {
            return Dropout.mix(Dropout.mix(seed) + (firstRow * 64L + layer) * 2 + kind);
        }

        private void takeInputs(int count) {
            int n = network.shape.inputs();
            for (int row = 0; row < count; row++) {
                for (int step = 0; step < steps; step++) {
                    System.arraycopy(inputs, ((firstRow + row) * steps + step) * n, x, (step * count + row) * n, n);
                }
            }
        }

        private void backward(int count, Part part) {
            int top = tapes.length - 1;
            Tape tape = tapes[top];
            boolean drops = dropout.inputs() > 0;
            float[] below = drops ? dropped[top] : tape.h;
            part.headGradient.add(steps, count, below, drops ? 0 : tape.at(1, 0), outputs.values());
            network.head.backward(steps, count, outputs.values(), tape.dOut);
            float[] byInputs = inputGradient;
            for (int i = top; i >= 0; i--) {
                if (drops) {
                    int n = steps * count * tapes[i].width;
                    network.ops.multiply(tapes[i].dOut, 0, factors[i], 0, tapes[i].dOut, 0, n);
                }
                tapes[i].clearStateGradient();
                float[] to = i > 0 ? tapes[i - 1].dOut : byInputs == null ? null : roomForInputs(count);
                network.backs[i].backward(tapes[i], part.gradients[i], to);
            }
            if (byInputs != null) {
                giveInputGradient(count, byInputs);
            }
        }

        private float[] roomForInputs(int count) {
            int needed = steps * count * FloatOps.padded(network.shape.inputs());
            dx = dx.length < needed ? new float[needed] : dx;
            return dx;
        }

        private void giveInputGradient(int count, float[] to) {
            int n = network.shape.inputs(), distance = FloatOps.padded(n);
            for (int row = 0; row < count; row++) {
                for (int step = 0; step < steps; step++) {
                    int at = ((firstRow + row) * steps + step) * n;
                    System.arraycopy(dx, (step * count + row) * distance, to, at, n);
                }
            }
        }
    }
}
