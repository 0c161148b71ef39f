package io.foretide.network;

import org.apache.commons.numbers.gamma.Digamma;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.apache.commons.numbers.gamma.RegularizedGamma;
import org.jspecify.annotations.Nullable;

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

    /** Long before the continued fraction of a beta function diverges, and long after the limit is as exact. */
    private static final double LARGE_MEAN = 1e100;

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
    public int numbers() {
        return 2;
    }

    /** μ and r. */
    @Override
    public void describe(
            int step,
            double anchor,
            double scale,
            float[] outputs,
            @Nullable Adaptation adaptation,
            double[] distribution) {
        distribution[0] = offset(anchor, scale) * exp(outputs[2 * step]);
        distribution[1] = exp(-outputs[2 * step + 1]);
    }

    @Override
    public double mean(double[] distribution) {
        return distribution[0];
    }

    @Override
    public void quantiles(double[] distribution, Levels levels, double[] quantiles) {
        for (int i = 0; i < quantiles.length; i++) {
            quantiles[i] = quantile(levels.levels().get(i).value(), distribution[0], distribution[1]);
        }
    }

    @Override
    public double below(double[] distribution, double value) {
        return cumulative(Math.ceil(value) - 1, distribution[0], distribution[1]);
    }

    @Override
    public double notAbove(double[] distribution, double value) {
        return cumulative(Math.floor(value), distribution[0], distribution[1]);
    }

    /** The probability of so many and less; in the limit of large means counts are gamma distributed. */
    private static double cumulative(double count, double mu, double r) {
        if (count < 0) {
            return 0;
        }
        return mu < LARGE_MEAN
                ? RegularizedBeta.value(r / (r + mu), r, count + 1)
                : RegularizedGamma.P.value(r, r / mu * (count + 1));
    }

    /** The smallest count whose cumulative probability, a regularized beta function, reaches the level. */
    private static double quantile(double level, double mu, double r) {
        double above = Math.ceil(mu + Math.sqrt(mu + mu * mu / r)) + 1;
        while (above < MOST_COUNT && cumulative(above, mu, r) < level) {
            above *= 2;
        }
        double below = -1;
        while (above - below > 1) {
            double middle = Math.floor(0.5 * (below + above));
            if (middle <= below || middle >= above) {
                break; // counts so large that no double lies between these two
            }
            if (cumulative(middle, mu, r) < level) {
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
