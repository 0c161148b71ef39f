package io.foretide.kernel;

import java.util.Arrays;

/** Losses of one prediction, with their gradients, beside those of whole rows in {@link FloatOps}. */
final class Losses {
    /** Below this, the asymptotic series of ln Γ and its derivative are not exact enough. */
    private static final double LARGE = 12;

    private Losses() {}

    /**
     * Cross-entropy −ln softmax(a)[label]. The numbers at a become weight times its gradient by them.
     *
     * @param n how many classes; there is room up to the next padded length
     * @param label the class, or −1 where there is none, which counts for nothing
     */
    static double crossEntropy(FloatOps ops, int label, float[] a, int o, int n, float weight, Stripes stripes) {
        if (label < 0) {
            Arrays.fill(a, o, o + FloatOps.padded(n), 0);
            return 0;
        }
        double right = a[o + label];
        double all = ops.softmax(a, o, n, stripes);
        a[o + label] -= 1;
        ops.scale(a, o, FloatOps.padded(n), weight);
        return all - right;
    }

    /**
     * Negative log-likelihood of a count y with mean μ and variance μ + μ²/r.
     *
     * <pre>
     *   −ln L = ln Γ(r) − ln Γ(y + r) + ln Γ(y + 1) − r·ln(r/(r + μ)) − y·ln(μ/(r + μ))
     * </pre>
     *
     * @param gradient at {@code at} set to the derivative by ln μ, after it by −ln r
     */
    static double negativeBinomial(double y, double mu, double r, float[] gradient, int at) {
        double logR = StrictMath.log(r / (r + mu));
        double byR = digamma(y + r) - digamma(r) + logR + 1 - (r + y) / (r + mu);
        gradient[at] = (float) (r * (mu - y) / (r + mu));
        gradient[at + 1] = (float) (r * byR);
        return logGamma(r) - logGamma(y + r) + logGamma(y + 1) - r * logR - y * StrictMath.log(mu / (r + mu));
    }

    /** ln Γ(x) for x > 0: Stirling's series, after the recurrence has made x large. */
    static double logGamma(double x) {
        double product = 1, z = x;
        while (z < LARGE) {
            product *= z;
            z++;
        }
        double s = 1 / (z * z);
        double series = (1.0 / 12 - s * (1.0 / 360 - s * (1.0 / 1260 - s * (1.0 / 1680 - s / 1188)))) / z;
        return (z - 0.5) * StrictMath.log(z) - z + 0.5 * StrictMath.log(2 * Math.PI) + series - StrictMath.log(product);
    }

    /** The derivative of {@link #logGamma}. */
    static double digamma(double x) {
        double sum = 0, z = x;
        while (z < LARGE) {
            sum -= 1 / z;
            z++;
        }
        double s = 1 / (z * z);
        double series = s * (1.0 / 12 - s * (1.0 / 120 - s * (1.0 / 252 - s * (1.0 / 240 - s / 132))));
        return sum + StrictMath.log(z) - 0.5 / z - series;
    }
}
