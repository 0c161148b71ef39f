package io.foretide.classification;

/**
 * What a sequence is taken for.
 *
 * @param label the most probable one
 * @param probabilities one for each of {@link Classifier#labels}, in their order; they add up to 1
 */
public record Classification(String label, double[] probabilities) {}
