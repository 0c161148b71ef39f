package io.foretide.network;

import java.util.Arrays;

/** The running level, seasonal profile and scale of one walk. */
final class SmoothedState {
    /** Steps walked, missing ones included. */
    long steps;

    /** Errors that the scale has averaged, so that the first ones weigh as in a plain mean. */
    int errors;

    /** Observations that the level has seen. */
    int observed;

    double level;
    double scale;
    final double[] profile;

    /** The first two seasons, from which the profile starts. */
    final double[] firstSeasons;

    SmoothedState(int seasonLength) {
        profile = new double[seasonLength];
        firstSeasons = new double[seasonLength == 1 ? 0 : 2 * seasonLength];
    }

    private SmoothedState(SmoothedState other) {
        steps = other.steps;
        errors = other.errors;
        observed = other.observed;
        level = other.level;
        scale = other.scale;
        profile = other.profile.clone();
        firstSeasons = other.firstSeasons.clone();
    }

    SmoothedState copy() {
        return new SmoothedState(this);
    }

    boolean sameAs(SmoothedState other) {
        return steps == other.steps
                && errors == other.errors
                && observed == other.observed
                && Double.compare(level, other.level) == 0
                && Double.compare(scale, other.scale) == 0
                && Arrays.equals(profile, other.profile)
                && Arrays.equals(firstSeasons, other.firstSeasons);
    }
}
