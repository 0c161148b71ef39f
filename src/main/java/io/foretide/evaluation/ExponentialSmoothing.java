package io.foretide.evaluation;

/**
 * A level that follows a sequence.
 *
 * <pre>
 *   ℓ_t = ℓ_{t−1} + α e_t      e_t = y_t − ℓ_{t−1}      t = 1 … n
 * </pre>
 *
 * α in [0.0001, 0.9999] and ℓ_0 are those with the least Σ e². With a_t the errors of a walk from 0, and b_t = (1 − α)^{t−1}
 * what is left of ℓ_0, e_t = a_t − b_t ℓ_0 is a straight line in ℓ_0; so the best one for an α is Σ a b / Σ b², and only α is
 * searched: on a grid, then by golden sections around its best point.
 *
 * @param alpha the rate α
 * @param first ℓ_0
 * @param last ℓ_n
 * @param squaredError Σ e²
 */
record ExponentialSmoothing(double alpha, double first, double last, double squaredError) {
    private static final double LOWEST = 1e-4;
    private static final double HIGHEST = 1 - 1e-4;
    private static final int GRID = 20;
    /** Each leaves 0.618 of the interval, which is 0.1 at first: α is known to 0.0003. */
    private static final int SECTIONS = 12;

    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    /** The best level for a sequence without missing values. */
    static ExponentialSmoothing of(double[] values) {
        // From the first value, sums of squares lose nothing to a level far from zero, and constants are followed
        // exactly.
        double origin = values[0];
        double[] centred = new double[values.length];
        for (int t = 0; t < values.length; t++) {
            centred[t] = values[t] - origin;
        }
        ExponentialSmoothing best = search(centred);
        return new ExponentialSmoothing(best.alpha, origin + best.first, origin + best.last, best.squaredError);
    }

    private static ExponentialSmoothing search(double[] values) {
        ExponentialSmoothing best = walk(values, LOWEST);
        for (int i = 1; i <= GRID; i++) {
            best = best.orBetter(walk(values, Math.min((double) i / GRID, HIGHEST)));
        }
        double low = Math.max(LOWEST, best.alpha - 1.0 / GRID);
        double high = Math.min(HIGHEST, best.alpha + 1.0 / GRID);
        ExponentialSmoothing left = walk(values, high - GOLDEN * (high - low));
        ExponentialSmoothing right = walk(values, low + GOLDEN * (high - low));
        for (int i = 0; i < SECTIONS; i++) {
            best = best.orBetter(left).orBetter(right);
            if (left.squaredError <= right.squaredError) {
                high = right.alpha;
                right = left;
                left = walk(values, high - GOLDEN * (high - low));
            } else {
                low = left.alpha;
                left = right;
                right = walk(values, low + GOLDEN * (high - low));
            }
        }
        return best;
    }

    private ExponentialSmoothing orBetter(ExponentialSmoothing other) {
        return other.squaredError < squaredError ? other : this;
    }

    private static ExponentialSmoothing walk(double[] values, double alpha) {
        double level = 0;
        double left = 1;
        double aa = 0;
        double ab = 0;
        double bb = 0;
        for (double value : values) {
            double error = value - level;
            aa += error * error;
            ab += error * left;
            bb += left * left;
            level += alpha * error;
            left = decayed(left, alpha);
        }
        double first = ab / bb;
        return new ExponentialSmoothing(alpha, first, level + left * first, Math.max(0, aa - ab * first));
    }

    /** What is left of ℓ_0 a step later. Processors are slow with the tiniest numbers, which change nothing here. */
    private static double decayed(double left, double alpha) {
        return left < 1e-150 ? 0 : left * (1 - alpha);
    }

    /** What b is left of ℓ_0 after so many steps: (1 − α)^steps. */
    double leftAfter(int steps) {
        return Math.pow(1 - alpha, steps);
    }

    /**
     * The factor by which the standard deviation of the errors one step ahead grows.
     *
     * @param ahead how many steps are forecast, from 1
     */
    double growth(int ahead) {
        return Math.sqrt(1 + (ahead - 1) * alpha * alpha);
    }
}
