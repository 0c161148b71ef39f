package io.foretide.kernel;

import io.foretide.kernel.BatchGradient.DropoutRates;
import java.util.Arrays;

/**
 * Cross-entropy and gradient of a batch of sequences of tokens, each of which is to say the next one. Sequences carry their
 * state from one batch to the next; the way back ends where the batch began (truncated back-propagation through time).
 *
 * <p>The batch is cut as that of {@link BatchGradient} is, and the result depends as little on the number of threads. What the
 * first layer makes of a token is computed once for each that the batch has, and so is its gradient: a step costs no product
 * with an embedding.
 */
public final class TokenGradient {
    /**
     * @param read [rows][steps]: what goes in at each step
     * @param said [rows][steps]: what is to come out
     */
    public record Batch(int rows, int steps, int[] read, int[] said) {
        public Batch {
            if (read.length != rows * steps || said.length != rows * steps) {
                throw new IllegalArgumentException("%d tokens to read and %d to say for %d rows of %d steps"
                        .formatted(read.length, said.length, rows, steps));
            }
        }
    }

    private final FloatOps ops;
    private final TokenShape shape;
    private final RecurrentLayer[] layers;
    private final BackPropagation[] backs;
    private final Convolution head;
    private final DropoutRates dropout;
    private final Crew crew;
    private final Part[] parts;
    private final Workspace[] workspaces;
    private final Crew.Work work = this::computePart;

    /** Of each token its place among those of the batch, or −1. */
    private final int[] places;

    private final int[] distinct;
    private int distinctCount;

    /** Rows of the embedding, and the sums that the first layer makes of them. */
    private final float[] embedded;

    private final float[] table;
    private final float[] byEmbedded;
    private final OuterProduct byTable;

    private Batch batch = new Batch(0, 0, new int[0], new int[0]);
    private float[] states = new float[0];
    private int shards;
    private int partsUsed;
    private int free;
    private long seed;

    public TokenGradient(TokenShape shape, DropoutRates dropout, int mostRows, int mostSteps, Crew crew) {
        this(Kernel.fastest(), shape, dropout, mostRows, mostSteps, crew);
    }

    TokenGradient(FloatOps ops, TokenShape shape, DropoutRates dropout, int mostRows, int mostSteps, Crew crew) {
        this.ops = ops;
        this.shape = shape;
        this.dropout = dropout;
        this.crew = crew;
        this.layers = shape.newLayers(ops);
        this.backs = new BackPropagation[layers.length];
        for (int i = 0; i < backs.length; i++) {
            backs[i] = new BackPropagation(layers[i]);
        }
        this.head = new Convolution(ops, shape.units(), shape.tokens(), 1, 1);
        int most = mostDistinct(shape, mostRows, mostSteps);
        this.places = new int[shape.tokens()];
        Arrays.fill(places, -1);
        this.distinct = new int[most];
        this.embedded = new float[most * shape.embedding()];
        this.table = new float[most * layers[0].sums];
        this.byEmbedded = new float[most * FloatOps.padded(shape.embedding())];
        this.byTable = new OuterProduct(ops, layers[0].sums);
        this.parts = new Part[Math.min(BatchGradient.MOST_PARTS, Math.ceilDiv(mostRows, BatchGradient.SHARD))];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = new Part(most);
        }
        this.workspaces = new Workspace[Math.min(crew.threads(), parts.length)];
        for (int i = 0; i < workspaces.length; i++) {
            workspaces[i] = new Workspace(Math.min(BatchGradient.SHARD, mostRows), mostSteps);
        }
        this.free = workspaces.length;
    }

    private static int mostDistinct(TokenShape shape, int mostRows, int mostSteps) {
        return (int) Math.min(shape.tokens(), (long) mostRows * mostSteps);
    }

    /** The heap that an instance takes, in bytes: no less than it really is, and little more. */
    public static long bytes(TokenShape shape, int mostRows, int mostSteps, int threads) {
        RecurrentUnit unit = shape.unit();
        long width = FloatOps.padded(shape.units()), outputs = FloatOps.padded(shape.tokens());
        long sums = unit.gates() * width, apart = unit.gatesApart() * width;
        long embedding = FloatOps.padded(shape.embedding()), layers = shape.layers();
        long inputs = embedding + (layers - 1) * width;
        long weights = (inputs + layers * (width + 3)) * sums + (width + 1) * outputs;
        long shardSteps = (long) Math.min(BatchGradient.SHARD, mostRows) * (mostSteps + 1);
        long states = unit.hasCell() ? 7 : 5; // what tape and dropout keep of each
        long tapes = shardSteps * (layers * (sums + apart + states * width) + outputs + 1);
        long products = OuterProduct.ROWS * layers * (sums + apart);
        long parts = Math.min(BatchGradient.MOST_PARTS, Math.ceilDiv(mostRows, BatchGradient.SHARD));
        long most = mostDistinct(shape, mostRows, mostSteps);
        long gradients = parts * (weights + OuterProduct.ROWS * width + most * sums);
        long ofTokens = 2L * shape.tokens() + most * (sums + 2 * embedding) + OuterProduct.ROWS * sums;
        return Float.BYTES * (2 * weights + gradients + ofTokens + Math.min(threads, parts) * (tapes + products));
    }

    /**
     * Computes the gradient by all parameters of the mean cross-entropy.
     *
     * @param parameters in the order of {@link TokenShape}
     * @param carried [rows] of {@link TokenShape#stateLength}: the states that sequences begin with, replaced by those that
     *     they end with
     * @param dropoutSeed another one for each batch
     * @return the sum of losses
     */
    public double compute(Batch newBatch, float[] parameters, float[] carried, long dropoutSeed, float[] gradient) {
        batch = newBatch;
        states = carried;
        seed = dropoutSeed;
        load(parameters);
        embed(parameters);
        shards = Math.ceilDiv(batch.rows(), BatchGradient.SHARD);
        partsUsed = Math.min(BatchGradient.MOST_PARTS, shards);
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

    private void load(float[] parameters) {
        int at = shape.tokens() * shape.embedding();
        for (int i = 0; i < layers.length; i++) {
            layers[i].load(parameters, at);
            backs[i].load(parameters, at);
            at += layers[i].parameters();
        }
        head.load(shape.head(parameters), 0);
    }

    /** Finds the tokens of the batch, and what the first layer makes of them. */
    private void embed(float[] parameters) {
        for (int i = 0; i < distinctCount; i++) {
            places[distinct[i]] = -1;
        }
        distinctCount = 0;
        for (int token : batch.read()) {
            if (places[token] < 0) {
                places[token] = distinctCount;
                distinct[distinctCount++] = token;
            }
        }
        int size = shape.embedding();
        Embedding.lookUp(distinct, distinctCount, parameters, 0, size, embedded, size);
        layers[0].sumsOf(distinctCount, embedded, 0, size, table, 0);
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
        private final float[] tableGradient;
        private double lossSum;

        private Part(int mostDistinct) {
            this.gradients = new RecurrentGradient[layers.length];
            for (int i = 0; i < gradients.length; i++) {
                gradients[i] = new RecurrentGradient(layers[i]);
            }
            this.headGradient = new Convolution.Gradient(head);
            this.tableGradient = new float[mostDistinct * layers[0].sums];
        }

        private void compute(Workspace workspace, int fromShard, int toShard) {
            lossSum = 0;
            headGradient.clear();
            for (RecurrentGradient gradient : gradients) {
                gradient.clear();
            }
            Arrays.fill(tableGradient, 0, distinctCount * layers[0].sums, 0);
            for (int shard = fromShard; shard < toShard; shard++) {
                lossSum += workspace.compute(shard, this);
            }
        }

        private void add(Part other) {
            for (int i = 0; i < gradients.length; i++) {
                gradients[i].add(other.gradients[i]);
            }
            headGradient.add(other.headGradient);
            ops.add(tableGradient, 0, other.tableGradient, 0, distinctCount * layers[0].sums);
        }

        private void copyTo(float[] gradient) {
            int size = shape.embedding(), distance = FloatOps.padded(size), at = shape.tokens() * size;
            Arrays.fill(gradient, 0, at, 0);
            gradients[0].addByTable(distinctCount, embedded, size, tableGradient, byTable);
            backs[0].byInputs(distinctCount, tableGradient, byEmbedded);
            Embedding.addGradient(distinct, distinctCount, byEmbedded, distance, gradient, 0, size);
            for (int i = 0; i < gradients.length; i++) {
                gradients[i].copyTo(gradient, at);
                at += layers[i].parameters();
            }
            if (shape.tied()) {
                headGradient.addTransposedTo(gradient, 0);
                headGradient.copyBiasTo(gradient, at);
            } else {
                headGradient.copyTo(gradient, at);
            }
            Arrays.fill(gradient, Math.toIntExact(shape.parameters()), gradient.length, 0);
        }
    }

    /** Memory for one shard at a time. */
    private final class Workspace {
        private final Tape[] tapes;
        private final int[] read;
        private final BatchOutputs outputs;
        private final float[][] factors;
        private final float[][] dropped;
        private int firstRow;

        private Workspace(int mostRows, int mostSteps) {
            int all = mostSteps * mostRows, numbers = dropout.inputs() > 0 ? all * layers[0].width : 0;
            this.tapes = new Tape[layers.length];
            this.factors = new float[layers.length][numbers];
            this.dropped = new float[layers.length][numbers];
            for (int i = 0; i < layers.length; i++) {
                tapes[i] = Tape.forTraining(layers[i], mostRows, mostSteps);
            }
            this.read = new int[all];
            this.outputs = new BatchOutputs(ops, head.width, mostRows, mostSteps);
        }

        /** Adds the gradient of a shard to that of its part, and gives its loss. */
        private double compute(int shard, Part part) {
            firstRow = shard * BatchGradient.SHARD;
            int count = Math.min(BatchGradient.SHARD, batch.rows() - firstRow);
            forward(count);
            double sum = loss(count);
            backward(count, part);
            return sum;
        }

        private void forward(int count) {
            int steps = batch.steps(), offset = 0;
            float[] below = table;
            takeTokens(count);
            for (int i = 0; i < tapes.length; i++) {
                Tape tape = tapes[i];
                tape.begin(count, steps);
                if (i == 0) {
                    tape.input(read, table);
                } else {
                    tape.input(below, offset, tape.width);
                }
                takeStates(i, count);
                if (dropout.state() > 0) {
                    Dropout.fill(tape.dropState(), 0, count * tape.width, dropout.state(), seedOf(i, 0));
                }
                layers[i].forward(tape);
                giveStates(i, count);
                below = tape.h;
                offset = tape.at(1, 0);
                if (dropout.inputs() > 0) {
                    int n = steps * count * tape.width;
                    Dropout.fill(factors[i], 0, n, dropout.inputs(), seedOf(i, 1));
                    ops.multiply(below, offset, factors[i], 0, dropped[i], 0, n);
                    below = dropped[i];
                    offset = 0;
                }
            }
            head.forward(steps, count, below, offset, layers[0].width, outputs.values());
        }

        private long seedOf(int layer, int kind) {
            return Dropout.mix(Dropout.mix(seed) + (firstRow * 64L + layer) * 2 + kind);
        }

        /** From [rows][steps] to [steps][rows], as places in the table. */
        private void takeTokens(int count) {
            int steps = batch.steps();
            for (int row = 0; row < count; row++) {
                int from = (firstRow + row) * steps;
                for (int step = 0; step < steps; step++) {
                    read[step * count + row] = places[batch.read()[from + step]];
                }
            }
        }

        private void takeStates(int layer, int count) {
            Tape tape = tapes[layer];
            for (int row = 0; row < count; row++) {
                int from = stateAt(layer, row), to = tape.at(0, row);
                System.arraycopy(states, from, tape.h, to, shape.units());
                if (tape.c.length > 0) {
                    System.arraycopy(states, from + shape.units(), tape.c, to, shape.units());
                }
            }
        }

        private void giveStates(int layer, int count) {
            Tape tape = tapes[layer];
            for (int row = 0; row < count; row++) {
                int from = tape.at(tape.steps, row), to = stateAt(layer, row);
                System.arraycopy(tape.h, from, states, to, shape.units());
                if (tape.c.length > 0) {
                    System.arraycopy(tape.c, from, states, to + shape.units(), shape.units());
                }
            }
        }

        private int stateAt(int layer, int row) {
            return (firstRow + row) * shape.stateLength() + layer * shape.numbersOfLayer();
        }

        private double loss(int count) {
            int steps = batch.steps();
            float weight = 1f / (batch.rows() * steps);
            outputs.begin(firstRow, count, steps);
            double sum = 0;
            for (int step = 0; step < steps; step++) {
                for (int row = 0; row < count; row++) {
                    int said = batch.said()[(firstRow + row) * steps + step];
                    sum += outputs.crossEntropy(step, row, shape.tokens(), said, weight);
                }
            }
            return sum;
        }

        private void backward(int count, Part part) {
            int top = tapes.length - 1, steps = batch.steps();
            boolean drops = dropout.inputs() > 0;
            float[] below = drops ? dropped[top] : tapes[top].h;
            part.headGradient.add(steps, count, below, drops ? 0 : tapes[top].at(1, 0), outputs.values());
            head.backward(steps, count, outputs.values(), tapes[top].dOut);
            for (int i = top; i >= 0; i--) {
                Tape tape = tapes[i];
                if (drops) {
                    ops.multiply(tape.dOut, 0, factors[i], 0, tape.dOut, 0, steps * count * tape.width);
                }
                tape.clearStateGradient();
                backs[i].backward(tape, part.gradients[i], i == 0 ? null : tapes[i - 1].dOut);
            }
            part.gradients[0].addByTokens(tapes[0], part.tableGradient);
        }
    }
}
