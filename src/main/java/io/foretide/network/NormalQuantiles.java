package io.foretide.network;

import io.foretide.series.QuantileLevel;
import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Reads any level of a distribution known at a few: between two known levels the quantile is linear in the standard normal
 * quantile z, and beyond the outermost ones it goes on with the last slope. Exact for normal distributions, monotone for
 * all, with normal tails.
 */
final class NormalQuantiles {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** Between known levels, in z: less than half a percentage point anywhere. A slope between closer ones is but noise. */
    private static final double LEAST_DISTANCE = 0.01;

    private final double[] z;
    private final double[] meanWeights;

    NormalQuantiles(List<QuantileLevel> known) {
        z = known.stream().mapToDouble(NormalQuantiles::z).toArray();
        meanWeights = meanWeights(z);
    }

    static double z(QuantileLevel level) {
        return NORMAL.inverseCumulativeProbability(level.value());
    }

    /** Whether two levels, the lower one first, are too close to know both. */
    static boolean almostCoincide(QuantileLevel lower, QuantileLevel upper) {
        return z(upper) - z(lower) < LEAST_DISTANCE;
    }

    /** The value at a level, given the ascending values at the known levels. */
    double at(double level, double[] values) {
        int upper = 1;
        while (upper < z.length - 1 && z[upper] < level) {
            upper++;
        }
        double slope = (values[upper] - values[upper - 1]) / (z[upper] - z[upper - 1]);
        return values[upper - 1] + slope * (level - z[upper - 1]);
    }

    /** The probability of what is less than a value, given the ascending values at the known levels. */
    double below(double value, double[] values) {
        int first = 0;
        while (first < z.length && values[first] < value) {
            first++;
        }
        if (first == z.length || values[first] > value) {
            return probability(zBetween(first, value, values));
        }
        // Where the outermost levels are one value, all beyond them is that value too.
        return first == 0 && values[1] == value ? 0 : probability(z[first]);
    }

    /** As {@link #below}, the value itself included. */
    double notAbove(double value, double[] values) {
        int last = z.length - 1;
        while (last >= 0 && values[last] > value) {
            last--;
        }
        if (last < 0 || values[last] < value) {
            return probability(zBetween(last + 1, value, values));
        }
        return last == z.length - 1 && values[last - 1] == value ? 1 : probability(z[last]);
    }

    /** The inverse of {@link #at}, for a value that no known level has; infinite beyond levels of one value. */
    private double zBetween(int above, double value, double[] values) {
        int upper = Math.clamp(above, 1, z.length - 1);
        double slope = (values[upper] - values[upper - 1]) / (z[upper] - z[upper - 1]);
        return z[upper - 1] + (value - values[upper - 1]) / slope;
    }

    /** The probability of a standard normal quantile and what is less. */
    static double probability(double z) {
        return NORMAL.cumulativeProbability(z);
    }

    /** The mean of the distribution: the integral of its quantile function. */
    double mean(double[] values) {
        double mean = 0;
        for (int i = 0; i < values.length; i++) {
            mean += meanWeights[i] * values[i];
        }
        return mean;
    }

    /**
     * On a segment from z₀ to z₁ the quantile is v₀ + (v₁ − v₀)·(z − z₀)/(z₁ − z₀), and
     *
     * <pre>
     *   ∫ φ = Φ(z₁) − Φ(z₀)      ∫ z·φ = φ(z₀) − φ(z₁)
     * </pre>
     *
     * so the mean is a fixed weighting of the values.
     */
    private static double[] meanWeights(double[] z) {
        double[] weights = new double[z.length];
        for (int i = 0; i + 1 < z.length; i++) {
            double from = i == 0 ? Double.NEGATIVE_INFINITY : z[i];
            double to = i + 2 == z.length ? Double.POSITIVE_INFINITY : z[i + 1];
            double mass = NORMAL.cumulativeProbability(to) - NORMAL.cumulativeProbability(from);
            double moment = NORMAL.density(from) - NORMAL.density(to);
            double share = (moment - z[i] * mass) / (z[i + 1] - z[i]);
            weights[i] += mass - share;
            weights[i + 1] += share;
        }
        return weights;
    }
}
