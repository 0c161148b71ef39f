package io.foretide.classification;

import java.util.Arrays;

/** Finds the {@link Blend} of the least log loss, or the best that there was time for. */
final class BlendFit {
    /** In logarithms of a factor. */
    private static final double FIRST_STEP = 1, LAST_STEP = 0.02, MOST = 6;

    /**
     * What it costs, in log loss over all sequences, to make branches e times as sure as they are, or as unsure; twice that
     * far costs four times as much. Of very few sequences those that were left out often look like the other label, as what is
     * left has fewer of their own: that must not silence both branches.
     */
    private static final double UNLIKELY = 1;

    /** Shares of the networks that are tried; the rest is that of the patterns. */
    private static final int SHARES = 20;

    /** How much log loss, over all sequences, it must save to listen to one branch alone: few sequences do not tell. */
    private static final double ONE_SIDED = 2;

    private static final int ROUNDS = 2;

    /** So many sequences of a label count as if they were as probable as they are said to be. */
    private static final double CAUTION = 5;

    /**
     * What the branches have said of some sequences that they were not trained on.
     *
     * @param networks [sequences][labels]
     * @param patterns likewise
     * @param weights what each sequence counts
     */
    record Said(double[][] networks, double[][] patterns, int[] truth, double[] weights) {}

    private final Said said;
    private final int labels;
    private final Deadline deadline;
    private Blend best;

    BlendFit(Said said, int labels, Deadline deadline) {
        this.said = said;
        this.labels = labels;
        this.deadline = deadline;
        this.best = new Blend(0.5, 0.5, new double[labels]);
    }

    Blend fit() {
        try {
            search();
        } catch (Deadline.Passed _) {
            // the best so far it is
        }
        return best;
    }

    /** Among branches that are first made as sure as each of them should be alone. */
    private void search() {
        double[] none = new double[labels];
        Blend networks = scaled(new Blend(1, 0, none)), patterns = scaled(new Blend(0, 1, none));
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= SHARES; i++) {
            double share = (double) i / SHARES, side = 2 * share - 1;
            Blend blend = scaled(new Blend(share * networks.network(), (1 - share) * patterns.pattern(), none));
            double loss = loss(blend) + ONE_SIDED * side * side;
            if (loss < least) {
                least = loss;
                best = blend;
            }
        }
        for (int round = 0; round < ROUNDS; round++) {
            best = scaled(adjusted(best));
        }
    }

    /** As sure as it should be: by a search for the factor of both branches. */
    private Blend scaled(Blend blend) {
        double at = 0, best = loss(blend);
        for (double step = FIRST_STEP; step > LAST_STEP; ) {
            double up = scaledLoss(blend, Math.min(MOST, at + step));
            double down = up < best ? up : scaledLoss(blend, Math.max(-MOST, at - step));
            if (up < best || down < best) {
                at = up < best ? Math.min(MOST, at + step) : Math.max(-MOST, at - step);
                best = Math.min(up, down);
            } else {
                step /= 2;
            }
        }
        return blend.times(at);
    }

    private double scaledLoss(Blend blend, double logarithm) {
        return loss(blend.times(logarithm)) + UNLIKELY * logarithm * logarithm;
    }

    /** Labels that are said too seldom get more. */
    private Blend adjusted(Blend blend) {
        double[] bias = blend.bias().clone();
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
        return new Blend(blend.network(), blend.pattern(), bias);
    }

    /** With targets that leave room for the next sequence to be another than all so far (Platt 1999). */
    private double loss(Blend blend) {
        deadline.check();
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
