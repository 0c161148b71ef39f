package io.foretide.network;

import org.apache.commons.numbers.gamma.Digamma;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * Counts: a negative binomial distribution whose mean is relative to the anchor, trained by its log-likelihood.
 *
 * <pre>
 *   μ = m·exp(a)   r = exp(−b)   variance = μ + μ²/r
 *   −ln L = ln Γ(r) − ln Γ(y + r) − r·ln(r/(r + μ)) − y·ln(μ/(r + μ))   (+ ln y!)
 * </pre>
 *
 * a and b are the outputs of a step, m its offset: the anchor, kept above a tenth of the scale.
 */
record CountHead() implements Head {
    /** Exponents beyond this say nothing about data any more. */
    private static final double MOST_EXPONENT = 8;

    private static final double LEAST_MEAN = 1e-3;

    /** Where the search for a quantile ends; the level nearest to 1 may have no count within the range of a double. */
    private static final double MOST_COUNT = 1e300;

    @Override
    public int width() {
        return 2;
    }

    @Override
    public double label(double value, double anchor, double scale) {
        return value;
    }

    @Override
    public double offset(double anchor, double scale) {
        return Math.max(LEAST_MEAN, Math.max(anchor, 0.1 * scale));
    }

    @Override
    public double loss(float label, float offset, float[] outputs, int at, float[] gradient) {
        double y = label;
        double mu = offset * exp(outputs[at]);
        double r = exp(-outputs[at + 1]);
        double logLikelihood = LogGamma.value(y + r)
                - LogGamma.value(r)
                - LogGamma.value(y + 1)
                + r * Math.log(r / (r + mu))
                + y * Math.log(mu / (r + mu));
        double byR = Digamma.value(y + r) - Digamma.value(r) + Math.log(r / (r + mu)) + 1 - (r + y) / (r + mu);
        gradient[at] = (float) (r * (mu - y) / (r + mu));
        gradient[at + 1] = (float) (r * byR);
        return -logLikelihood;
    }

    @Override
    public double read(Step step, float[] outputs, Levels levels, double[] quantiles) {
        double mu = offset(step.anchor(), step.scale()) * exp(outputs[2 * step.index()]);
        double r = exp(-outputs[2 * step.index() + 1]);
        for (int i = 0; i < quantiles.length; i++) {
            quantiles[i] = quantile(levels.levels().get(i).value(), mu, r);
        }
        return mu;
    }

    /** The smallest count whose cumulative probability, a regularized beta function, reaches the level. */
    private static double quantile(double level, double mu, double r) {
        double p = r / (r + mu);
        double above = Math.ceil(mu + Math.sqrt(mu + mu * mu / r)) + 1;
        while (above < MOST_COUNT && RegularizedBeta.value(p, r, above + 1) < level) {
            above *= 2;
        }
        double below = -1;
        while (above - below > 1) {
            double middle = Math.floor(0.5 * (below + above));
            if (middle <= below || middle >= above) {
                break; // counts so large that no double lies between these two
            }
            if (RegularizedBeta.value(p, r, middle + 1) < level) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return above;
    }

    private static double exp(double exponent) {
        return StrictMath.exp(Math.max(-MOST_EXPONENT, Math.min(MOST_EXPONENT, exponent)));
    }
}
