package io.foretide.network;

import java.util.Arrays;

/** What the smoothers of a bank have come to in one walk, and the scale. */
final class SmoothedState {
    /** Steps walked, missing ones included. */
    long steps;

    /** Errors that the scale has averaged, so that the first ones weigh as in a plain mean. */
    long errors;

    /** Observations that the levels have seen. */
    long observed;

    /** Whether all observations were positive: nothing is relative to others. */
    boolean positive = true;

    /** The mean of the levels as they weigh. */
    double level;

    double scale;

    /** Sums over the observed steps t of t and t², for straight lines. */
    double times;

    double squaredTimes;

    /** For each smoother: ℓ, E, sums over what it smoothed, plain and times the step, and m of the next step. */
    final double[] levels;

    final double[] wrong;
    final double[] sums;
    final double[] timedSums;
    final double[] nexts;

    /** (1 − α)ⁿ for each level rate. */
    final double[] forgotten;

    /** p, smoother after smoother; those without one have none. */
    final double[] profiles;

    /** The first two seasons of the longest length, from which the profiles start; of no use once these are over. */
    final double[] firstSeasons;

    /** What follows from the rest for each smoother: its weight, and how much m grows a step. */
    final double[] weights;

    final double[] slopes;

    /** All that does not follow from other numbers, but the first seasons. */
    final double[][] numbers;

    /** Room for one anchor; carries nothing. */
    final double[] next = new double[1];

    SmoothedState(int smoothers, int levelRates, int profileNumbers, int longestSeason) {
        levels = new double[smoothers];
        wrong = new double[smoothers];
        sums = new double[smoothers];
        timedSums = new double[smoothers];
        nexts = new double[smoothers];
        forgotten = new double[levelRates];
        profiles = new double[profileNumbers];
        firstSeasons = new double[2 * longestSeason];
        weights = new double[smoothers];
        slopes = new double[smoothers];
        numbers = new double[][] {levels, wrong, sums, timedSums, nexts, forgotten, profiles};
        Arrays.fill(forgotten, 1);
        Arrays.fill(weights, 1.0 / smoothers);
    }

    SmoothedState copy() {
        var copy = new SmoothedState(levels.length, forgotten.length, profiles.length, firstSeasons.length / 2);
        copy.steps = steps;
        copy.errors = errors;
        copy.observed = observed;
        copy.positive = positive;
        copy.level = level;
        copy.scale = scale;
        copy.times = times;
        copy.squaredTimes = squaredTimes;
        for (int i = 0; i < numbers.length; i++) {
            System.arraycopy(numbers[i], 0, copy.numbers[i], 0, numbers[i].length);
        }
        System.arraycopy(firstSeasons, 0, copy.firstSeasons, 0, firstSeasons.length);
        System.arraycopy(weights, 0, copy.weights, 0, weights.length);
        System.arraycopy(slopes, 0, copy.slopes, 0, slopes.length);
        return copy;
    }

    /** Whether the first seasons are still of use. */
    boolean isInFirstSeasons() {
        return steps < firstSeasons.length;
    }

    boolean sameAs(SmoothedState other) {
        return steps == other.steps
                && errors == other.errors
                && observed == other.observed
                && positive == other.positive
                && Double.compare(level, other.level) == 0
                && Double.compare(scale, other.scale) == 0
                && Double.compare(times, other.times) == 0
                && Double.compare(squaredTimes, other.squaredTimes) == 0
                && Arrays.deepEquals(numbers, other.numbers)
                && Arrays.equals(weights, other.weights)
                && Arrays.equals(slopes, other.slopes)
                && (!isInFirstSeasons() || Arrays.equals(firstSeasons, other.firstSeasons));
    }
}
