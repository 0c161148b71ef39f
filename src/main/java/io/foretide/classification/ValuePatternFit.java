package io.foretide.classification;

import io.foretide.network.Seeds;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the thresholds and weights of {@link ValuePatterns}. */
final class ValuePatternFit {
    /** Steps of a low-discrepancy sequence in (0, 1). */
    private static final double GOLDEN_RATIO = (Math.sqrt(5) + 1) / 2;

    /** Up to so many sequences there are more patterns than sequences, beyond fewer: what a fit costs stays bounded. */
    private static final int FEW_SEQUENCES = 2000;

    private static final int PATTERNS_OF_FEW = 10_000;
    private static final int PATTERNS_OF_MANY = 1008;

    private static final int MOST_DILATIONS = 8;
    private static final int MOST_CONVOLUTIONS_OF_A_STEP = 1000;

    /** Convolutions of all steps of all sequences that a fit may take. */
    private static final double MOST_CONVOLUTIONS = 3e9;

    /**
     * What was learned.
     *
     * @param leftOut [sequences][labels]: logits of each sequence as if it had not been learned from
     * @param error the mean squared error of these
     */
    record Fit(ValuePatterns patterns, double[][] leftOut, double error) {}

    private final List<float[][]> sequences;
    private final int channels;
    private final Taps taps;
    private final int thresholdsEach;
    private final float[] thresholds;
    private final @Nullable ValuePatterns known;
    private final Deadline deadline;

    /**
     * @param sequences scaled, [steps][channels] each
     * @param patterns about how many; 0: chosen
     */
    ValuePatternFit(List<float[][]> sequences, int patterns, long seed, Deadline deadline) {
        this.sequences = sequences;
        this.deadline = deadline;
        this.channels = sequences.getFirst()[0].length;
        int wanted = patterns > 0 ? patterns : defaultPatterns(sequences.size());
        int[] lengths = sequences.stream().mapToInt(one -> one.length).sorted().toArray();
        double steps = Arrays.stream(lengths).asDoubleStream().sum();
        int affordable = (int) Math.max(1, MOST_CONVOLUTIONS / steps / Taps.KERNELS);
        int most = Math.max(1, Math.min(Math.min(MOST_DILATIONS, affordable), wanted / Taps.KERNELS));
        this.taps = Taps.of(lengths[lengths.length / 2], channels, most, MOST_CONVOLUTIONS_OF_A_STEP, seed);
        this.thresholdsEach = Math.max(1, (int) Math.round((double) wanted / taps.convolutions()));
        this.thresholds = thresholds(seed);
        this.known = null;
    }

    /** Learns on: the same patterns, and what their weights are to be beside the present ones. */
    ValuePatternFit(List<float[][]> sequences, ValuePatterns known, Deadline deadline) {
        this.sequences = sequences;
        this.deadline = deadline;
        this.channels = known.channels;
        this.taps = known.taps;
        this.thresholdsEach = known.thresholdsEach;
        this.thresholds = known.thresholds;
        this.known = known;
    }

    static int defaultPatterns(int sequences) {
        return sequences <= FEW_SEQUENCES ? PATTERNS_OF_FEW : PATTERNS_OF_MANY;
    }

    /** Those of each convolution are quantiles of what it gives over one sequence, drawn for it. */
    private float[] thresholds(long seed) {
        float[] found = new float[taps.convolutions() * thresholdsEach];
        int[] drawn = new int[taps.convolutions()];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = (int) Math.floorMod(Seeds.at(seed, i), (long) sequences.size());
        }
        for (int sequence = 0; sequence < sequences.size(); sequence++) {
            float[][] convolved = null;
            for (int i = 0; i < drawn.length; i++) {
                if (drawn[i] == sequence) {
                    deadline.check();
                    convolved = convolved == null ? convolved(sequence) : convolved;
                    quantiles(convolved, i, found);
                }
            }
        }
        return found;
    }

    /** [steps][convolutions] */
    private float[][] convolved(int sequence) {
        float[][] steps = sequences.get(sequence);
        float[] ring = new float[taps.reach() * 2 * channels];
        float[][] convolved = new float[steps.length][taps.convolutions()];
        for (int step = 0; step < steps.length; step++) {
            ValuePatterns.take(ring, step, taps.reach(), steps[step]);
            taps.convolve(ring, step + 1L, convolved[step]);
        }
        return convolved;
    }

    private void quantiles(float[][] convolved, int convolution, float[] to) {
        long heard = taps.heard(taps.clock(convolution), convolved.length);
        int from = heard == 0 ? 0 : Math.toIntExact(convolved.length - heard);
        float[] sorted = new float[convolved.length - from];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = convolved[from + i][convolution];
        }
        Arrays.sort(sorted);
        int at = convolution * thresholdsEach;
        for (int j = 0; j < thresholdsEach; j++) {
            double level = (at + j + 1) * GOLDEN_RATIO % 1 * (sorted.length - 1);
            int below = (int) level;
            float low = sorted[below], high = sorted[Math.min(sorted.length - 1, below + 1)];
            to[at + j] = low + (float) (level - below) * (high - low);
        }
        Arrays.sort(to, at, at + thresholdsEach);
    }

    /**
     * Learns from all sequences.
     *
     * @param truth the label of each
     */
    Fit fit(int[] truth, int labels) {
        float[][] shares = shares();
        int longest = sequences.stream().mapToInt(one -> one.length).max().orElseThrow();
        double[][] measures = Ridge.standardize(shares, 1.0 / longest);
        double[][] y = new double[labels][truth.length], before = before(labels);
        double[] means = new double[labels];
        for (int label = 0; label < labels; label++) {
            for (int i = 0; i < truth.length; i++) {
                y[label][i] = (truth[i] == label ? 1 : -1) - before[i][label];
            }
            means[label] = Arrays.stream(y[label]).average().orElseThrow();
            for (int i = 0; i < truth.length; i++) {
                y[label][i] -= means[label];
            }
        }
        Ridge.Fit fit = new Ridge(shares, y, deadline).fit();
        for (int i = 0; i < truth.length; i++) {
            for (int label = 0; label < labels; label++) {
                before[i][label] += fit.leftOut()[label][i] + means[label];
            }
        }
        return new Fit(patterns(fit, measures[0], measures[1], means), before, fit.error());
    }

    /** What is said of each sequence already. */
    private double[][] before(int labels) {
        double[][] logits = new double[sequences.size()][labels];
        for (int i = 0; known != null && i < logits.length; i++) {
            deadline.check();
            ValuePatterns.Walk walk = known.initialWalk();
            for (float[] step : sequences.get(i)) {
                known.step(walk, step);
            }
            logits[i] = known.logits(walk);
        }
        return logits;
    }

    private ValuePatterns patterns(Ridge.Fit fit, double[] means, double[] deviations, double[] bias) {
        int labels = bias.length, features = means.length;
        float[] weights = known == null ? new float[features * labels] : known.weights.clone();
        double[] unheard = known == null ? new double[taps.clocks() * labels] : known.unheard.clone();
        double[] constant = known == null ? new double[labels] : known.bias.clone();
        for (int label = 0; label < labels; label++) {
            constant[label] += bias[label];
        }
        for (int f = 0; f < features; f++) {
            int clock = taps.clock(f / thresholdsEach);
            for (int label = 0; label < labels; label++) {
                float weight = deviations[f] == 0 ? 0 : (float) (fit.weights()[label][f] / deviations[f]);
                weights[f * labels + label] += weight;
                constant[label] -= weight * means[f];
                unheard[clock * labels + label] += weight * means[f];
            }
        }
        return new ValuePatterns(taps, channels, labels, thresholds, weights, constant, unheard);
    }

    /** [patterns][sequences]: at which share of its steps each pattern is there. */
    private float[][] shares() {
        float[][] shares = new float[thresholds.length][sequences.size()];
        float[] convolved = new float[taps.convolutions()];
        for (int sequence = 0; sequence < sequences.size(); sequence++) {
            deadline.check();
            float[][] steps = sequences.get(sequence);
            float[] ring = new float[taps.reach() * 2 * channels];
            int[][] counts = new int[taps.convolutions()][thresholdsEach + 1];
            for (int step = 0; step < steps.length; step++) {
                ValuePatterns.take(ring, step, taps.reach(), steps[step]);
                taps.convolve(ring, step + 1L, convolved);
                count(convolved, step + 1L, counts);
            }
            write(counts, steps.length, sequence, shares);
        }
        return shares;
    }

    private void count(float[] convolved, long steps, int[][] counts) {
        for (int i = 0; i < convolved.length; i++) {
            if (taps.heard(taps.clock(i), steps) > 0) {
                counts[i][ValuePatterns.exceeded(thresholds, i * thresholdsEach, thresholdsEach, convolved[i])]++;
            }
        }
    }

    private void write(int[][] counts, int steps, int sequence, float[][] shares) {
        for (int i = 0; i < counts.length; i++) {
            long heard = taps.heard(taps.clock(i), steps);
            int above = 0;
            for (int j = thresholdsEach - 1; j >= 0; j--) {
                above += counts[i][j + 1];
                shares[i * thresholdsEach + j][sequence] = heard == 0 ? Float.NaN : (float) above / heard;
            }
        }
    }
}
