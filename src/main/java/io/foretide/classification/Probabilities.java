package io.foretide.classification;

/** Probabilities from logits, the same bits wherever they are computed. */
final class Probabilities {
    private Probabilities() {}

    /**
     * Logits become probabilities, which are above 0 and add up to 1.
     *
     * @return ln Σ exp(logit)
     */
    static double replaceLogits(double[] logits) {
        double most = Double.NEGATIVE_INFINITY, total = 0;
        for (double logit : logits) {
            most = Math.max(most, logit);
        }
        for (int i = 0; i < logits.length; i++) {
            logits[i] = StrictMath.exp(Math.max(-700, logits[i] - most));
            total += logits[i];
        }
        for (int i = 0; i < logits.length; i++) {
            logits[i] /= total;
        }
        return most + StrictMath.log(total);
    }
}
