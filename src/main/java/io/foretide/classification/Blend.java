package io.foretide.classification;

import java.util.Arrays;

/**
 * What the branches are worth beside each other, learned on sequences that neither was trained on. So it also makes the
 * probabilities as sure as they are right.
 *
 * <pre>
 *   logits = network·(mean of the networks) + pattern·(patterns) + bias
 * </pre>
 */
record Blend(double network, double pattern, double[] bias) {
    private static final double FIRST_STEP = 1, LAST_STEP = 0.02;
    private static final double LEAST = -8, MOST = 6;
    private static final int ROUNDS = 4;

    /** So many sequences of a label count as if they were as probable as they are said to be. */
    private static final double CAUTION = 5;

    Blend {
        if (!(network >= 0 && pattern >= 0 && network <= 1e6 && pattern <= 1e6)) {
            throw new IllegalArgumentException("the branches are worth %s and %s".formatted(network, pattern));
        }
    }

    /** Probabilities of the labels. */
    double[] probabilities(double[] ofNetworks, double[] ofPatterns) {
        double[] logits = bias.clone();
        for (int i = 0; i < logits.length; i++) {
            logits[i] += network * ofNetworks[i] + pattern * ofPatterns[i];
        }
        Probabilities.replaceLogits(logits);
        return logits;
    }

    /**
     * What the branches have said of some sequences that they were not trained on.
     *
     * @param networks [sequences][labels]
     * @param patterns likewise
     * @param weights what each sequence counts
     */
    record Said(double[][] networks, double[][] patterns, int[] truth, double[] weights) {}

    /** The blend of the least log loss. */
    static Blend fit(Said said, int labels) {
        double[] bias = new double[labels];
        double[] at = {0, 1};
        for (int round = 0; round < ROUNDS; round++) {
            search(said, at, bias);
            adjust(said, blend(at, bias), bias);
        }
        return blend(at, bias);
    }

    /** From logarithms; the least is none at all. */
    private static Blend blend(double[] at, double[] bias) {
        return new Blend(
                at[0] <= LEAST ? 0 : StrictMath.exp(at[0]), at[1] <= LEAST ? 0 : StrictMath.exp(at[1]), bias.clone());
    }

    private static void search(Said said, double[] at, double[] bias) {
        double best = loss(said, blend(at, bias));
        for (double step = FIRST_STEP; step > LAST_STEP; ) {
            boolean better = false;
            for (int axis = 0; axis < at.length; axis++) {
                for (int sign = -1; sign <= 1; sign += 2) {
                    double[] moved = at.clone();
                    moved[axis] = Math.max(LEAST, Math.min(MOST, moved[axis] + sign * step));
                    double loss = loss(said, blend(moved, bias));
                    if (loss < best) {
                        best = loss;
                        at[axis] = moved[axis];
                        better = true;
                    }
                }
            }
            step = better ? step : step / 2;
        }
    }

    /** Labels that are said too seldom get more. */
    private static void adjust(Said said, Blend blend, double[] bias) {
        double[] are = new double[bias.length], expected = new double[bias.length];
        for (int i = 0; i < said.truth().length; i++) {
            double[] p = blend.probabilities(said.networks()[i], said.patterns()[i]);
            are[said.truth()[i]] += said.weights()[i];
            for (int label = 0; label < p.length; label++) {
                expected[label] += said.weights()[i] * p[label];
            }
        }
        for (int label = 0; label < bias.length; label++) {
            bias[label] += StrictMath.log((are[label] + CAUTION) / (expected[label] + CAUTION));
        }
    }

    /** With targets that leave room for the next sequence to be another than all so far (Platt 1999). */
    private static double loss(Said said, Blend blend) {
        int labels = blend.bias().length;
        double smoothing = 1 / ((double) said.truth().length / labels + 2), sum = 0;
        for (int i = 0; i < said.truth().length; i++) {
            double[] p = blend.probabilities(said.networks()[i], said.patterns()[i]);
            double right = StrictMath.log(Math.max(1e-300, p[said.truth()[i]]));
            double all = Arrays.stream(p)
                    .map(one -> StrictMath.log(Math.max(1e-300, one)))
                    .sum();
            sum -= said.weights()[i] * ((1 - smoothing) * right + smoothing * all / labels);
        }
        return sum;
    }
}
