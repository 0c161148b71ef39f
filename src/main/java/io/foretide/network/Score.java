package io.foretide.network;

import io.foretide.series.ShortDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What an observation is beside the forecast of it, made one step before.
 *
 * @param expected the mean of the forecast, in units of the target
 * @param percentile where the observation lies in the forecast distribution, in (0, 1): the probability of less; of a value that
 *     has a probability of its own, as a count, half of that is added
 * @param inside whether it lies within the central 80 %
 * @param anomaly whether it lies outside the central 99 %
 */
public record Score(double expected, double percentile, boolean inside, boolean anomaly) {
    /** Tails of no distribution are known any better. */
    private static final double LEAST_PERCENTILE = 1e-12;

    /** Nothing where the forecast is no finite number. */
    static @Nullable Score of(Predictor predictor, double[] forecast, double observation) {
        Head head = predictor.head();
        boolean nonNegative = predictor.smoothing().nonNegative();
        double mean = nonNegative ? Math.max(0, head.mean(forecast)) : head.mean(forecast);
        // What a forecast has below zero is at zero, where it cannot be negative.
        double below = nonNegative && observation <= 0 ? 0 : head.below(forecast, observation);
        double notAbove = nonNegative && observation < 0 ? 0 : head.notAbove(forecast, observation);
        double percentile = 0.5 * (below + notAbove);
        if (!Double.isFinite(mean) || Double.isNaN(percentile)) {
            return null;
        }
        return new Score(
                ShortDecimal.rounded(mean),
                Math.clamp(percentile, LEAST_PERCENTILE, 1 - LEAST_PERCENTILE),
                notAbove >= 0.1 && below <= 0.9,
                notAbove < 0.005 || below > 0.995);
    }
}
