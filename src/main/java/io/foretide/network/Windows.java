package io.foretide.network;

import io.foretide.series.TimeSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Cuts training windows out of the training parts of many series, on the fly: a window walks its series from the
 * beginning, as a prediction does, and keeps what the network reads and is to answer at each of its steps. The walk goes on
 * from a milestone, so that windows of a long series cost no more than others. Belongs to one thread.
 */
final class Windows {
    /** An epoch has at least this many batches: few data need as many steps as many. */
    private static final int LEAST_BATCHES = 64;

    private static final int LEAST_SPACING = 256;

    private final List<TimeSeries> series;
    private final List<Split> splits;
    private final Settings settings;
    private final Smoother smoother;
    private final Head head;

    /** How many steps lie between milestones, so that all states take no more than a few times the memory of the series. */
    private final int spacing;

    /** What the walk over each training part has come to after every so many steps, without its beginning, as far as a window needed it. */
    private final List<List<SmoothedState>> milestones;

    private final int batchesPerEpoch;

    Windows(List<TimeSeries> series, List<Split> splits, Settings settings, Smoother smoother) {
        this.series = series;
        this.splits = splits;
        this.settings = settings;
        this.smoother = smoother;
        this.head = Head.of(settings.forecast());
        this.spacing = Math.max(LEAST_SPACING, 4 * smoother.smoothing().longestSeason());
        this.milestones =
                series.stream().<List<SmoothedState>>map(_ -> new ArrayList<>()).toList();
        int windows = IntStream.range(0, series.size()).map(this::windowsOf).sum();
        this.batchesPerEpoch = Math.max(
                LEAST_BATCHES, Math.ceilDiv(windows, settings.training().batchSize()));
    }

    /** A window of one series; the first steps of one that starts later only warm the hidden state up. */
    record Window(int series, int start) {}

    /**
     * Numbers of one batch in Deeplearning4j's order.
     *
     * @param inputs [windows × inputs × steps]
     * @param labels [windows × 2·horizon × steps]: labels, then offsets; NaN counts for nothing
     * @param known [windows × (steps + horizon − 1) × numbers]: what is known ahead of the steps after the first one on
     */
    record Batch(int windows, int steps, float[] inputs, float[] labels, float[] known) {}

    int batchesPerEpoch() {
        return batchesPerEpoch;
    }

    /** The windows of one epoch: each series in proportion to its length, from random starts, in random order. */
    List<Window> draw(SplittableRandom random) {
        int wanted = batchesPerEpoch * settings.training().batchSize();
        List<Window> windows = new ArrayList<>();
        while (windows.size() < wanted) {
            for (int i = 0; i < series.size(); i++) {
                for (int k = 0; k < windowsOf(i); k++) {
                    windows.add(new Window(i, random.nextInt(latestStart(i) + 1)));
                }
            }
        }
        Collections.shuffle(windows, Random.from(random));
        return windows.subList(0, wanted);
    }

    private int windowsOf(int index) {
        int length = splits.get(index).trainingEnd();
        return length < 2 ? 0 : Math.ceilDiv(length, context());
    }

    private int latestStart(int index) {
        return Math.max(0, splits.get(index).trainingEnd() - 1 - context());
    }

    private int context() {
        return settings.forecast().context();
    }

    Batch batch(List<Window> windows) {
        int steps = 0;
        for (Window window : windows) {
            steps = Math.max(
                    steps, Math.min(context(), splits.get(window.series()).trainingEnd() - 1));
        }
        int horizon = settings.forecast().horizon();
        Features features = settings.features();
        int inputCount = Inputs.count(features), numbers = features.knownAhead();
        int knownCount = (steps + horizon - 1) * numbers;
        float[] inputs = new float[windows.size() * inputCount * steps];
        float[] known = new float[windows.size() * knownCount];
        float[] labels = new float[windows.size() * 2 * horizon * steps];
        Arrays.fill(labels, Float.NaN);
        for (int i = 0; i < windows.size(); i++) {
            Window window = windows.get(i);
            var surroundings = Surroundings.of(features, series.get(window.series()));
            var slice = new Slice(inputs, i * inputCount * steps, labels, i * 2 * horizon * steps, steps);
            write(window, surroundings, slice);
            for (int step = 0; knownCount > 0 && step < steps + horizon - 1; step++) {
                int at = i * knownCount + step * numbers;
                surroundings.writeAhead(window.start() + step + 1, known, at);
            }
        }
        return new Batch(windows.size(), steps, inputs, labels, known);
    }

    /** Where one window's numbers go. */
    private record Slice(float[] inputs, int inputsAt, float[] labels, int labelsAt, int steps) {}

    private void write(Window window, Surroundings surroundings, Slice slice) {
        double[] target = series.get(window.series()).target();
        int end = splits.get(window.series()).trainingEnd();
        int warm = window.start() == 0 ? 0 : slice.steps() / 4;
        SmoothedState state = lastMilestone(window);
        float[] row = new float[Inputs.count(settings.features())];
        for (int step = (int) state.steps; step < Math.min(end - 1, window.start() + slice.steps()); step++) {
            double surprise = smoother.observe(state, target[step]);
            int at = step - window.start();
            if (at < 0) {
                continue;
            }
            Inputs.write(smoother, state, surprise, Double.isNaN(target[step]), row);
            surroundings.writeInputs(step, row, Inputs.COUNT);
            for (int i = 0; i < row.length; i++) {
                slice.inputs()[slice.inputsAt() + i * slice.steps() + at] = row[i];
            }
            if (at >= warm && state.observed > 0) {
                writeLabels(target, Math.min(end, target.length), state, at, slice);
            }
        }
    }

    private SmoothedState lastMilestone(Window window) {
        List<SmoothedState> passed = milestones.get(window.series());
        int wanted = window.start() / spacing;
        double[] target = series.get(window.series()).target();
        while (passed.size() < wanted) {
            SmoothedState state = passed.isEmpty()
                    ? smoother.initialState()
                    : passed.getLast().copy();
            for (int step = 0; step < spacing; step++) {
                smoother.observe(state, target[(int) state.steps]);
            }
            passed.add(state);
        }
        return wanted == 0 ? smoother.initialState() : passed.get(wanted - 1).copy();
    }

    private void writeLabels(double[] target, int end, SmoothedState state, int at, Slice slice) {
        int horizon = settings.forecast().horizon();
        double scale = smoother.scale(state);
        double[] anchors = new double[horizon];
        smoother.anchors(state, anchors);
        for (int ahead = 1; ahead <= horizon; ahead++) {
            int future = (int) state.steps + ahead - 1;
            if (future < end && !Double.isNaN(target[future])) {
                double anchor = anchors[ahead - 1];
                int label = slice.labelsAt() + (ahead - 1) * slice.steps() + at;
                slice.labels()[label] = (float) head.label(target[future], anchor, scale);
                slice.labels()[label + horizon * slice.steps()] = (float) head.offset(anchor, scale);
            }
        }
    }
}
