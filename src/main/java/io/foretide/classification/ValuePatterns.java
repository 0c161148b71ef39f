package io.foretide.classification;

import java.util.stream.IntStream;

/**
 * Patterns in values: for each of the {@link Taps} and some thresholds, at which share of the steps the convolution exceeds
 * the threshold. Labels are linear in these shares, and the shares are means over steps: so what each step adds to each label
 * is one number, and a walk carries their sums and the last steps, however many patterns there are.
 *
 * <pre>
 *   logit = b + Σ over clocks (1/heard)·Σₜ gain[convolution][thresholds exceeded at t]
 * </pre>
 */
final class ValuePatterns implements PatternBranch {
    final Taps taps;
    final int channels;
    final int labels;

    /** [convolutions][thresholds], ascending in each row. */
    final float[] thresholds;

    final int thresholdsEach;

    /** [convolutions][thresholds][labels]: the weight of each share. */
    final float[] weights;

    /** [labels] */
    final double[] bias;

    /** [clocks][labels]: what counts for the convolutions of a clock that was never heard. */
    final double[] unheard;

    /** [convolutions][thresholds + 1][labels]: the sums of the weights of thresholds that are exceeded. */
    private final double[] gains;

    /** [convolutions] */
    private final int[] clocks;

    ValuePatterns(
            Taps taps, int channels, int labels, float[] thresholds, float[] weights, double[] bias, double[] unheard) {
        this.taps = taps;
        this.channels = channels;
        this.labels = labels;
        this.thresholds = thresholds;
        this.thresholdsEach = thresholds.length / taps.convolutions();
        this.weights = weights;
        this.bias = bias;
        this.unheard = unheard;
        if (thresholds.length != taps.convolutions() * thresholdsEach
                || weights.length != thresholds.length * labels
                || bias.length != labels
                || unheard.length != taps.clocks() * labels) {
            throw new IllegalArgumentException("the numbers of patterns do not fit each other");
        }
        for (int[] some : taps.signals()) {
            for (int signal : some) {
                if (signal < 0 || signal >= 2 * channels) {
                    throw new IllegalArgumentException(
                            "a pattern reads signal %d of %d channels".formatted(signal, channels));
                }
            }
        }
        this.gains = gains();
        this.clocks = IntStream.range(0, taps.convolutions()).map(taps::clock).toArray();
    }

    private double[] gains() {
        int row = (thresholdsEach + 1) * labels;
        double[] sums = new double[taps.convolutions() * row];
        for (int convolution = 0; convolution < taps.convolutions(); convolution++) {
            for (int j = 0; j < thresholdsEach; j++) {
                int at = convolution * row + j * labels, from = (convolution * thresholdsEach + j) * labels;
                for (int i = 0; i < labels; i++) {
                    sums[at + labels + i] = sums[at + i] + weights[from + i];
                }
            }
        }
        return sums;
    }

    /** The last steps, and the sums of each clock and label. */
    static final class Walk implements PatternBranch.Walk {
        final float[] ring;
        final double[] sums;
        long steps;

        /** Room for one step; carries nothing. */
        private final float[] convolved;

        private Walk(int ring, int sums, int convolutions) {
            this.ring = new float[ring];
            this.sums = new double[sums];
            this.convolved = new float[convolutions];
        }

        @Override
        public Walk copy() {
            var copy = new Walk(ring.length, sums.length, convolved.length);
            System.arraycopy(ring, 0, copy.ring, 0, ring.length);
            System.arraycopy(sums, 0, copy.sums, 0, sums.length);
            copy.steps = steps;
            return copy;
        }
    }

    @Override
    public Walk initialWalk() {
        return new Walk(taps.reach() * 2 * channels, taps.clocks() * labels, taps.convolutions());
    }

    /** @param scaled numbers of one step; a missing one is as the last one that was there, or as the mean */
    void step(Walk walk, float[] scaled) {
        take(walk, scaled);
        taps.convolve(walk.ring, walk.steps, walk.convolved);
        for (int convolution = 0; convolution < walk.convolved.length; convolution++) {
            int clock = clocks[convolution];
            if (taps.heard(clock, walk.steps) == 0) {
                continue;
            }
            int bin = exceeded(thresholds, convolution * thresholdsEach, thresholdsEach, walk.convolved[convolution]);
            int from = (convolution * (thresholdsEach + 1) + bin) * labels, to = clock * labels;
            for (int i = 0; i < labels; i++) {
                walk.sums[to + i] += gains[from + i];
            }
        }
    }

    private void take(Walk walk, float[] scaled) {
        take(walk.ring, walk.steps, taps.reach(), scaled);
        walk.steps++;
    }

    /** Puts the signals of the next step into a ring. */
    static void take(float[] ring, long steps, int reach, float[] scaled) {
        int width = 2 * scaled.length;
        int at = (int) (steps % reach) * width, before = (int) ((steps + reach - 1) % reach) * width;
        for (int channel = 0; channel < scaled.length; channel++) {
            float x = scaled[channel], last = steps == 0 ? 0 : ring[before + channel];
            float value = Float.isNaN(x) ? last : x;
            ring[at + channel] = value;
            ring[at + scaled.length + channel] = steps == 0 ? 0 : value - last;
        }
    }

    /** How many of some ascending thresholds a number exceeds: of dozens at most, to compare with each takes less than to search. */
    static int exceeded(float[] thresholds, int from, int count, float x) {
        int exceeded = 0;
        for (int i = from; i < from + count; i++) {
            exceeded += x > thresholds[i] ? 1 : 0;
        }
        return exceeded;
    }

    @Override
    public double[] logits(PatternBranch.Walk walk) {
        var own = (Walk) walk;
        double[] logits = bias.clone();
        for (int clock = 0; clock < taps.clocks(); clock++) {
            long heard = taps.heard(clock, own.steps);
            for (int i = 0; i < labels; i++) {
                int at = clock * labels + i;
                logits[i] += heard == 0 ? unheard[at] : own.sums[at] / heard;
            }
        }
        return logits;
    }

    @Override
    public long workOfAStep() {
        return (long) taps.convolutions() * (Taps.LENGTH + labels);
    }

    @Override
    public long sizeInBytes() {
        return (long) Float.BYTES * (thresholds.length + weights.length) + (long) Double.BYTES * gains.length;
    }
}
