package io.foretide.classification;

import io.foretide.kernel.BatchGradient;
import io.foretide.kernel.Crew;
import io.foretide.kernel.ParameterUpdates;
import io.foretide.kernel.RecurrentNetwork;
import io.foretide.network.Checkpoint;
import io.foretide.network.MemberTraining;
import io.foretide.network.RecurrentCore;
import io.foretide.network.Seeds;
import io.foretide.network.TrainingSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One network under training: moves its parameters, and the numbers of its words, batch after batch. What it does follows from
 * data, settings and seed, not from the number of threads.
 */
final class RecurrentLearner implements MemberTraining.Learner {
    /** So many batches are drawn together and cut by length, so that a batch is not padded much. */
    private static final int BATCHES_TOGETHER = 16;

    /** The share of words that are taken for unknown ones, so that the network learns to do without them. */
    private static final double WORDS_LEFT_OUT = 0.1;

    /**
     * What is learned from.
     *
     * @param truth the label of each sequence
     * @param weights what each sequence counts, 1 on average
     * @param learned the sequences that are learned from
     * @param heldOut those that tell how good the network is
     */
    record Task(Steps steps, int labels, int[] truth, double[] weights, int[] learned, int[] heldOut) {}

    /**
     * How it is learned.
     *
     * @param decays whether the learning rate falls to zero over the planned steps
     * @param smoothing what is taken from the true label and given to all
     * @param measuring until when a network may be measured
     */
    record Method(TrainingSettings settings, boolean decays, double smoothing, Deadline measuring, int threads) {}

    private final Task task;
    private final RecurrentCore core;
    private final TrainingSettings settings;
    private final Deadline measuring;
    private final int words;
    private final long decaySteps;
    private final int count;
    private final RecurrentNetwork network;
    private final ParameterUpdates updates;
    private final BatchGradient batchGradient;
    private final PooledLoss loss;
    private final Crew crew;
    private final float[] parameters;
    private final float[] gradient;
    private final float[] inputs;
    private final float[] byInputs;
    private final int[] wordsOfBatch;
    private List<int[]> batches = List.of();

    /**
     * @param words how many words have numbers of their own, which are learned; 0 of values
     * @param initial where it starts, in the order of {@link RecurrentBranch}
     */
    RecurrentLearner(Task task, RecurrentCore core, Method method, int words, float[] initial) {
        this.task = task;
        this.core = core;
        this.settings = method.settings();
        this.measuring = method.measuring();
        this.words = words;
        this.count = initial.length;
        this.decaySteps = method.decays() ? (long) settings.epochs() * batchesPerEpoch() : 0;
        this.network = new RecurrentNetwork(core.shape());
        this.parameters = padded(initial);
        this.gradient = new float[parameters.length];
        this.updates = new ParameterUpdates(
                settings.rule(), settings.limits(), Arrays.copyOf(network.decays(), parameters.length));
        int rows = settings.batchSize(), steps = longest();
        this.loss = new PooledLoss(task.labels(), method.smoothing(), rows);
        this.inputs = new float[Math.multiplyExact(rows * steps, core.inputs())];
        this.byInputs = new float[words > 0 ? inputs.length : 0];
        this.wordsOfBatch = new int[words > 0 ? rows * steps : 0];
        this.crew = new Crew(method.threads());
        double dropout = core.network().dropout();
        this.batchGradient = new BatchGradient(network, new BatchGradient.DropoutRates(dropout, 0), rows, steps, crew);
    }

    private static float[] padded(float[] values) {
        return Arrays.copyOf(values, ParameterUpdates.padded(values.length));
    }

    private int longest() {
        return Arrays.stream(task.learned()).map(task.steps()::length).max().orElse(1);
    }

    @Override
    public int batchesPerEpoch() {
        return Math.ceilDiv(task.learned().length, settings.batchSize());
    }

    @Override
    public void beginEpoch(int epoch) {
        var random = new Random(Seeds.at(settings.seed(), epoch));
        List<Integer> order =
                new ArrayList<>(Arrays.stream(task.learned()).boxed().toList());
        Collections.shuffle(order, random);
        int together = BATCHES_TOGETHER * settings.batchSize();
        List<int[]> drawn = new ArrayList<>();
        for (int from = 0; from < order.size(); from += together) {
            List<Integer> some = order.subList(from, Math.min(order.size(), from + together));
            some.sort(Comparator.comparingInt(task.steps()::length));
            for (int first = 0; first < some.size(); first += settings.batchSize()) {
                drawn.add(some.subList(first, Math.min(some.size(), first + settings.batchSize())).stream()
                        .mapToInt(i -> i)
                        .toArray());
            }
        }
        Collections.shuffle(drawn, random);
        batches = drawn;
    }

    @Override
    public double step(int batch) {
        int[] sequences = batches.get(batch);
        int steps = Arrays.stream(sequences).map(task.steps()::length).max().orElseThrow();
        long seed = Seeds.at(settings.seed(), Long.MIN_VALUE + updates.updates());
        double weight = 0;
        for (int row = 0; row < sequences.length; row++) {
            int sequence = sequences[row];
            double share = task.weights()[sequence] / sequences.length;
            loss.row(row, task.steps().length(sequence), task.truth()[sequence], share);
            weight += share;
        }
        float[] kept = takeInputs(sequences, steps, new SplittableRandom(seed));
        network.load(parameters);
        float @Nullable [] by = words > 0 ? byInputs : null;
        double sum = batchGradient.compute(sequences.length, steps, inputs, seed, loss, gradient, by);
        if (words > 0) {
            addWordGradient(sequences.length * steps, kept);
        }
        updates.apply(parameters, gradient, rate());
        return sum / weight;
    }

    private double rate() {
        double left = decaySteps == 0 ? 1 : Math.max(0, 1 - (double) updates.updates() / decaySteps);
        return settings.learningRate() * left;
    }

    /** Gives the factors of the numbers of words, of which some are left out; nothing for values. */
    private float[] takeInputs(int[] sequences, int steps, SplittableRandom random) {
        int size = core.inputs();
        Arrays.fill(inputs, 0, sequences.length * steps * size, 0);
        if (task.steps() instanceof Steps.OfWords(List<int[]> texts)) {
            return takeWords(texts, sequences, steps, random);
        }
        var noWords = new WordTable(0, size, parameters, 0);
        for (int row = 0; row < sequences.length; row++) {
            for (int step = 0; step < task.steps().length(sequences[row]); step++) {
                task.steps().inputs(sequences[row], step, noWords, inputs, (row * steps + step) * size);
            }
        }
        return new float[0];
    }

    private float[] takeWords(List<int[]> texts, int[] sequences, int steps, SplittableRandom random) {
        int size = core.inputs(), table = Math.toIntExact(core.parameters());
        double dropout = core.network().dropout();
        float kept = (float) (1 / (1 - dropout));
        float[] factors = new float[sequences.length * steps * size];
        for (int row = 0; row < sequences.length; row++) {
            int[] text = texts.get(sequences[row]);
            for (int step = 0; step < steps; step++) {
                int place = row * steps + step;
                wordsOfBatch[place] = -1;
                if (step >= text.length) {
                    continue;
                }
                int word = random.nextDouble() < WORDS_LEFT_OUT || text[step] >= words ? 0 : text[step];
                wordsOfBatch[place] = word;
                for (int i = 0; i < size; i++) {
                    float factor = random.nextDouble() < dropout ? 0 : kept;
                    factors[place * size + i] = factor;
                    inputs[place * size + i] = factor * parameters[table + word * size + i];
                }
            }
        }
        return factors;
    }

    private void addWordGradient(int places, float[] factors) {
        int size = core.inputs(), table = Math.toIntExact(core.parameters());
        for (int place = 0; place < places; place++) {
            int word = wordsOfBatch[place];
            for (int i = 0; word >= 0 && i < size; i++) {
                gradient[table + word * size + i] += factors[place * size + i] * byInputs[place * size + i];
            }
        }
    }

    @Override
    public Checkpoint.Progress progress() {
        return new Checkpoint.Progress(
                updates.updates(), unpadded(parameters), unpadded(updates.first()), unpadded(updates.second()));
    }

    private float[] unpadded(float[] values) {
        return Arrays.copyOf(values, Math.min(values.length, count));
    }

    /** Goes on as the learner of the same settings would have that made this progress. */
    void resume(Checkpoint.Progress progress) {
        System.arraycopy(progress.parameters(), 0, parameters, 0, count);
        System.arraycopy(progress.first(), 0, updates.first(), 0, progress.first().length);
        System.arraycopy(progress.second(), 0, updates.second(), 0, progress.second().length);
        updates.resume(progress.updates());
    }

    /** The mean of −ln p of the true label, each sequence as it counts. */
    @Override
    public @Nullable Double validationLoss() {
        if (task.heldOut().length == 0) {
            return null;
        }
        try {
            return loss(branch().logits(task.steps(), task.heldOut(), measuring));
        } catch (Deadline.Passed _) {
            return null;
        }
    }

    private double loss(double[][] logits) {
        double sum = 0, weight = 0;
        for (int i = 0; i < logits.length; i++) {
            int sequence = task.heldOut()[i];
            double right = logits[i][task.truth()[sequence]];
            sum += task.weights()[sequence] * (Probabilities.replaceLogits(logits[i]) - right);
            weight += task.weights()[sequence];
        }
        return sum / weight;
    }

    private RecurrentBranch branch() {
        return new RecurrentBranch(core, task.labels(), words, List.of(parameters()));
    }

    @Override
    public float[] parameters() {
        return unpadded(parameters);
    }

    @Override
    public void close() {
        crew.close();
    }
}
