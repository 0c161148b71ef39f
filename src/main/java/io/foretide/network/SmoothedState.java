package io.foretide.network;

import java.util.Arrays;

/** What the smoothers of a bank have come to in one walk, and the scale. */
final class SmoothedState {
    /** Steps walked, missing ones included. */
    long steps;

    /** Errors that the scale has averaged, so that the first ones weigh as in a plain mean. */
    int errors;

    /** Observations that the levels have seen. */
    int observed;

    /** Whether all observations were positive: nothing is relative to others. */
    boolean positive = true;

    /** The mean of the levels as they weigh. */
    double level;

    double scale;

    /** Sums over the observed steps t of t and t², for straight lines. */
    double times;

    double squaredTimes;

    /** For each smoother: ℓ, E, its weight, (1 − α)ⁿ, and sums over what it smoothed, plain and times the step. */
    final double[] levels;

    final double[] wrong;
    final double[] weights;
    final double[] forgotten;
    final double[] sums;
    final double[] timedSums;

    /** Room for one anchor; carries nothing. */
    final double[] next = new double[1];

    /** What follows from these for each smoother: m of the next step, and how much it grows a step. */
    final double[] nexts;

    final double[] slopes;

    /** p, smoother after smoother; those without one have none. */
    final double[] profiles;

    /** The first two seasons of the longest length, from which the profiles start. */
    final double[] firstSeasons;

    SmoothedState(int smoothers, int profileNumbers, int longestSeason) {
        levels = new double[smoothers];
        wrong = new double[smoothers];
        weights = new double[smoothers];
        forgotten = new double[smoothers];
        sums = new double[smoothers];
        timedSums = new double[smoothers];
        nexts = new double[smoothers];
        slopes = new double[smoothers];
        Arrays.fill(forgotten, 1);
        Arrays.fill(weights, 1.0 / smoothers);
        profiles = new double[profileNumbers];
        firstSeasons = new double[2 * longestSeason];
    }

    private SmoothedState(SmoothedState other) {
        steps = other.steps;
        errors = other.errors;
        observed = other.observed;
        positive = other.positive;
        level = other.level;
        scale = other.scale;
        times = other.times;
        squaredTimes = other.squaredTimes;
        levels = other.levels.clone();
        wrong = other.wrong.clone();
        weights = other.weights.clone();
        forgotten = other.forgotten.clone();
        sums = other.sums.clone();
        timedSums = other.timedSums.clone();
        nexts = other.nexts.clone();
        slopes = other.slopes.clone();
        profiles = other.profiles.clone();
        firstSeasons = other.firstSeasons.clone();
    }

    SmoothedState copy() {
        return new SmoothedState(this);
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
                && Arrays.equals(levels, other.levels)
                && Arrays.equals(wrong, other.wrong)
                && Arrays.equals(weights, other.weights)
                && Arrays.equals(forgotten, other.forgotten)
                && Arrays.equals(sums, other.sums)
                && Arrays.equals(timedSums, other.timedSums)
                && Arrays.equals(nexts, other.nexts)
                && Arrays.equals(slopes, other.slopes)
                && Arrays.equals(profiles, other.profiles)
                && Arrays.equals(firstSeasons, other.firstSeasons);
    }
}
