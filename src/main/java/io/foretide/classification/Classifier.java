package io.foretide.classification;

import io.foretide.network.RecurrentCore;
import io.foretide.network.UnreadableStateException;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A trained classifier. Immutable, and shared by all threads. */
public final class Classifier {
    /** What a walk may keep where it has to keep its values, steps times channels: no more steps than may be classified at once. */
    public static final int MOST_KEPT_VALUES = SequenceCheck.MOST_STEPS;

    private final ClassifierSettings settings;
    private final Parts parts;

    /**
     * What it consists of.
     *
     * @param shares of the labels in the training data
     * @param seen fingerprints of the sequences that it learned from, ascending
     */
    record Parts(
            List<String> labels,
            double[] shares,
            Reader reader,
            RecurrentBranch networks,
            PatternBranch patterns,
            Blend blend,
            long[] seen) {}

    Classifier(ClassifierSettings settings, Parts parts) {
        this.settings = settings;
        this.parts = parts;
    }

    static RecurrentCore core(ClassifierSettings settings, Reader reader, int labels) {
        int inputs = reader instanceof ValueScale scale ? scale.inputs() : settings.embedding();
        return new RecurrentCore(settings.network(), inputs, Pooling.outputs(labels));
    }

    Parts parts() {
        return parts;
    }

    public ClassifierSettings settings() {
        return settings;
    }

    /** In the order of probabilities. */
    public List<String> labels() {
        return parts.labels();
    }

    /** Whether a step costs the same however many went before; else each reading walks the whole sequence again. */
    public boolean streamsInConstantTime() {
        return !(parts.reader() instanceof ValueScale scale) || scale.normalization() == Normalization.DATA;
    }

    /** The same as walking the sequence from an initial state, bit for bit. */
    public Classification classify(Sequence sequence) {
        return classify(List.of(sequence)).getFirst();
    }

    /** Each as if it were alone, bit for bit; problems are at {@code /sequences/i/values/step/channel} and the like. */
    public List<Classification> classify(List<Sequence> sequences) {
        for (int i = 0; i < sequences.size(); i++) {
            SequenceCheck.check(sequences.get(i), settings, "/sequences/" + i);
        }
        return switch (parts.reader()) {
            case ValueScale scale -> ofValues(sequences, scale);
            case WordReader reader -> ofTexts(sequences, reader);
        };
    }

    private List<Classification> ofValues(List<Sequence> sequences, ValueScale scale) {
        List<float[][]> scaled = sequences.stream()
                .map(sequence -> scale.scaled((Values) sequence))
                .toList();
        double[][] networks =
                parts.networks().logits(Steps.OfValues.of(scale, scaled), all(sequences.size()), Deadline.NONE);
        List<Classification> classifications = new ArrayList<>();
        for (int i = 0; i < networks.length; i++) {
            double[] patterns = patternLogits(scaled.get(i));
            classifications.add(classification(parts.blend().probabilities(networks[i], patterns)));
        }
        return classifications;
    }

    private List<Classification> ofTexts(List<Sequence> sequences, WordReader reader) {
        List<int[]> words =
                sequences.stream().map(text -> reader.words((Text) text)).toList();
        int[] some = Arrays.stream(all(words.size()))
                .filter(i -> words.get(i).length > 0)
                .toArray();
        double[][] networks = parts.networks().logits(new Steps.OfWords(words), some, Deadline.NONE);
        List<Classification> classifications = new ArrayList<>();
        for (int i = 0, next = 0; i < words.size(); i++) {
            boolean empty = words.get(i).length == 0;
            classifications.add(
                    empty
                            ? classification()
                            : classification(
                                    parts.blend().probabilities(networks[next++], patternLogits(words.get(i)))));
        }
        return classifications;
    }

    private static int[] all(int count) {
        int[] all = new int[count];
        Arrays.setAll(all, i -> i);
        return all;
    }

    private double[] patternLogits(float[][] scaled) {
        if (!(parts.patterns() instanceof ValuePatterns patterns)) {
            return new double[parts.labels().size()];
        }
        ValuePatterns.Walk walk = patterns.initialWalk();
        for (float[] step : scaled) {
            patterns.step(walk, step);
        }
        return patterns.logits(walk);
    }

    private double[] patternLogits(int[] words) {
        if (!(parts.patterns() instanceof WordPatterns patterns)) {
            return new double[parts.labels().size()];
        }
        WordPatterns.Walk walk = patterns.initialWalk();
        for (int word : words) {
            patterns.step(walk, word);
        }
        return patterns.logits(walk);
    }

    /** Before the first step. */
    private Classification classification() {
        return classification(parts.shares().clone());
    }

    private Classification classification(double[] probabilities) {
        return new Classification(parts.labels().get(Labels.mostProbable(probabilities)), probabilities);
    }

    /** That of a walk that has seen nothing yet. */
    public ClassifierState initialState() {
        return new ClassifierState(
                settings.channels(),
                parts.networks().initialWalk(),
                parts.patterns().initialWalk());
    }

    /** Walks one step of values; NaN is missing. */
    public void observe(ClassifierState state, double[] channels) {
        if (!(parts.reader() instanceof ValueScale scale)) {
            throw SequenceCheck.wrongKind(settings, "");
        }
        SequenceCheck.checkStep(channels, settings, "/value");
        if (streamsInConstantTime()) {
            walk(state, scale, channels);
        } else {
            if ((state.steps + 1) * channels.length > MOST_KEPT_VALUES) {
                throw new ProblemException(
                                ProblemType.LIMIT_EXCEEDED,
                                "The sequence has %d steps, and this version keeps %d values of a sequence at most: begin another one."
                                        .formatted(state.steps, MOST_KEPT_VALUES))
                        .with("limit", MOST_KEPT_VALUES);
            }
            state.keep(channels);
        }
        state.steps++;
    }

    private void walk(ClassifierState state, ValueScale scale, double[] channels) {
        float[] scaled = new float[channels.length], inputs = new float[scale.inputs()];
        scale.scale(channels, scaled);
        scale.toInputs(scaled, inputs, 0);
        parts.networks().step(state.networks, inputs);
        if (parts.patterns() instanceof ValuePatterns patterns && state.patterns instanceof ValuePatterns.Walk walk) {
            patterns.step(walk, scaled);
        }
    }

    /** Walks on in a text, which may be cut anywhere between two calls: only the whole of it counts. */
    public void observe(ClassifierState state, String text) {
        if (!(parts.reader() instanceof WordReader reader)) {
            throw SequenceCheck.wrongKind(settings, "");
        }
        state.pending = reader.tokenizer().cutOff(state.pending + text, word -> walk(state, reader, word));
    }

    private void walk(ClassifierState state, WordReader reader, String token) {
        int word = reader.beginnings().number(token);
        parts.networks().step(state.networks, word);
        if (parts.patterns() instanceof WordPatterns patterns && state.patterns instanceof WordPatterns.Walk walk) {
            patterns.step(walk, word);
        }
        state.steps++;
    }

    /** Reads a state, and changes nothing. Before the first step, the shares of the labels in the training data. */
    public Classification classification(ClassifierState state) {
        if (parts.reader() instanceof WordReader reader && !state.pending.isEmpty()) {
            ClassifierState ended = state.copy();
            reader.tokenizer().tokens(state.pending).forEach(word -> walk(ended, reader, word));
            return reading(ended);
        }
        if (!streamsInConstantTime() && state.steps > 0) {
            double[][] steps = new double[Math.toIntExact(state.steps)][];
            for (int step = 0; step < steps.length; step++) {
                int from = step * settings.channels();
                steps[step] = Arrays.copyOfRange(state.kept, from, from + settings.channels());
            }
            return classify(Values.of(steps));
        }
        return reading(state);
    }

    private Classification reading(ClassifierState state) {
        if (state.steps == 0) {
            return classification();
        }
        return classification(parts.blend()
                .probabilities(
                        parts.networks().logits(state.networks),
                        parts.patterns().logits(state.patterns)));
    }

    /** A state as bytes. */
    public byte[] pack(ClassifierState state) {
        return ClassifierStates.pack(state);
    }

    /** The state that was packed, to the bit. */
    public ClassifierState unpack(byte[] packed) throws UnreadableStateException {
        ClassifierState state = initialState();
        ClassifierStates.unpack(packed, state);
        return state;
    }

    /** Whether the training, or one that it went on from, has learned from a sequence of the same content. */
    public boolean hasSeen(LabelledSequence sequence) {
        return Arrays.binarySearch(parts.seen(), Fingerprints.of(sequence.content())) >= 0;
    }

    /** How many multiplications a step takes, about: what is looked up in tables of words costs none. */
    public long workOfAStep() {
        return parts.networks().workOfAStep() + parts.patterns().workOfAStep();
    }

    /** The memory that it takes, about. */
    public long sizeInBytes() {
        return parts.networks().sizeInBytes()
                + parts.patterns().sizeInBytes()
                + (long) Long.BYTES * parts.seen().length
                + 100L * settings.vocabulary();
    }
}
