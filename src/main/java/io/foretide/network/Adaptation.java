package io.foretide.network;

import java.util.Arrays;

/**
 * How far the levels of a walk had to be stretched of late: after each observation beyond a level a little further, after each
 * other one a little less, so that in the long run as many lie beyond it as should, whatever becomes of the series (adaptive
 * conformal inference; Gibbs and Candès 2021). One number a level, moved by what had been forecast for the next step.
 */
final class Adaptation {
    /** By how much a miss stretches. */
    private static final double RATE = 0.05;

    private static final double MOST = 2.5;

    /** What each distance from the median is multiplied with, in [1 / MOST, MOST]. */
    final double[] stretches;

    Adaptation(int levels) {
        stretches = new double[levels];
        Arrays.fill(stretches, 1);
    }

    /**
     * Learns from an observation that had been forecast; NaN says nothing.
     *
     * @param expected the levels that it was forecast with; NaN where it was not
     */
    void observe(double observation, double[] expected, QuantileHead head) {
        if (Double.isNaN(observation) || Double.isNaN(expected[0])) {
            return;
        }
        int median = head.median();
        for (int i = 0; i < stretches.length; i++) {
            double level = head.levels().get(i).value();
            boolean beyond = i > median ? observation > expected[i] : observation < expected[i];
            double moved = stretches[i] * (1 + RATE * ((beyond ? 1 : 0) - Math.min(level, 1 - level)));
            stretches[i] = i == median ? 1 : Math.max(1 / MOST, Math.min(MOST, moved));
        }
    }

    Adaptation copy() {
        var copy = new Adaptation(stretches.length);
        System.arraycopy(stretches, 0, copy.stretches, 0, stretches.length);
        return copy;
    }

    boolean sameAs(Adaptation other) {
        return Arrays.equals(stretches, other.stretches);
    }
}
