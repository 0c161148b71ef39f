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
    /** In logarithms of a factor. */
    private static final double FIRST_STEP = 1, LAST_STEP = 0.02, MOST = 6;

    /** Shares of the networks that are tried; the rest is that of the patterns. */
    private static final int SHARES = 20;

    /** How much log loss, over all sequences, it must save to listen to one branch alone: few sequences do not tell. */
    private static final double ONE_SIDED = 2;

    private static final int ROUNDS = 2;

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

    /** The blend of the least log loss, of branches that are first made as sure as each of them should be alone. */
    static Blend fit(Said said, int labels) {
        double[] none = new double[labels];
        Blend networks = scaled(said, new Blend(1, 0, none)), patterns = scaled(said, new Blend(0, 1, none));
        Blend best = networks;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= SHARES; i++) {
            double share = (double) i / SHARES, side = 2 * share - 1;
            Blend blend = scaled(said, new Blend(share * networks.network, (1 - share) * patterns.pattern, none));
            double loss = loss(said, blend) + ONE_SIDED * side * side;
            if (loss < least) {
                least = loss;
                best = blend;
            }
        }
        for (int round = 0; round < ROUNDS; round++) {
            best = scaled(said, adjusted(said, best));
        }
        return best;
    }

    /** As sure as it should be: by a search for the factor of both branches. */
    private static Blend scaled(Said said, Blend blend) {
        double at = 0, best = loss(said, blend);
        for (double step = FIRST_STEP; step > LAST_STEP; ) {
            double up = loss(said, blend.times(Math.min(MOST, at + step)));
            double down = up < best ? up : loss(said, blend.times(Math.max(-MOST, at - step)));
            if (up < best || down < best) {
                at = up < best ? Math.min(MOST, at + step) : Math.max(-MOST, at - step);
                best = Math.min(up, down);
            } else {
                step /= 2;
            }
        }
        return blend.times(at);
    }

    private Blend times(double logarithm) {
        double factor = StrictMath.exp(logarithm);
        return new Blend(factor * network, factor * pattern, bias);
    }

    /** Labels that are said too seldom get more. */
    private static Blend adjusted(Said said, Blend blend) {
        double[] bias = blend.bias.clone();
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
        return new Blend(blend.network, blend.pattern, bias);
    }

    /** With targets that leave room for the next sequence to be another than all so far (Platt 1999). */
    private static double loss(Said said, Blend blend) {
        int labels = blend.bias().length;
        double smoothing = 2.0 / (said.truth().length + 2), sum = 0;
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
