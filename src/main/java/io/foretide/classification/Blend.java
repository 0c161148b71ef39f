package io.foretide.classification;

/**
 * What the branches are worth beside each other, learned on sequences that neither was trained on. So it also makes the
 * probabilities as sure as they are right.
 *
 * <pre>
 *   logits = network·(mean of the networks) + pattern·(patterns) + bias
 * </pre>
 */
record Blend(double network, double pattern, double[] bias) {
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

    /** With both branches, in logarithms, so much surer. */
    Blend times(double logarithm) {
        double factor = StrictMath.exp(logarithm);
        return new Blend(factor * network, factor * pattern, bias);
    }
}
