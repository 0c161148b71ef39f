package io.foretide.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Walks the bank of smoothers of a series, one observation at a time; see {@link Smoothing} for the formulas. What the anchor
 * leaves over, the surprise, is what the network reads, and what the network forecasts is added to the anchor. Everything is
 * causal and O(1) a step (O(season) twice in a walk, when the profiles start).
 */
final class Smoother {
    /** A scale never falls below this part of the level, so that a constant series has a scale. */
    private static final double LEAST_RELATIVE_SCALE = 1e-4;

    /** Relative seasonal factors are kept off zero, where the level would follow every error without bound. */
    private static final double LEAST_FACTOR = 0.2;

    /** The scale that a walk begins with weighs as much as this many errors. */
    private static final int FIRST_SCALE_WEIGHT = 2;

    /** Lines through fewer observations say nothing of a trend. */
    private static final int LEAST_OBSERVED = 5;

    /** What weighs less does not change a forecast. */
    private static final double LEAST_WEIGHT = 1e-6;

    /** How long a smoother's errors are remembered, λ. */
    private static final double MEMORY = 0.98;

    private final Smoothing smoothing;

    /** Of each smoother: α, which rate that is, γ, the length of its profile and where that begins; those without one come first. */
    private final double[] levelRate;

    private final int[] rate;
    private final double[] profileRate;
    private final int[] season;
    private final int[] profileFrom;
    private final boolean[] relative;

    /** An array, as walking over a list may allocate an iterator at each step. */
    private final int[] seasonLengths;

    private final int plain;
    private final int profileNumbers;

    Smoother(Smoothing smoothing) {
        this.smoothing = smoothing;
        List<Kind> kinds = kinds(smoothing);
        int count = kinds.size(), from = 0;
        this.plain = Math.min(count, smoothing.levelRates().size());
        this.levelRate = new double[count];
        this.rate = new int[count];
        this.profileRate = new double[count];
        this.season = new int[count];
        this.profileFrom = new int[count];
        this.relative = new boolean[count];
        this.seasonLengths = kinds.stream()
                .mapToInt(Kind::season)
                .filter(length -> length > 1)
                .distinct()
                .toArray();
        for (int i = 0; i < count; i++) {
            Kind kind = kinds.get(i);
            levelRate[i] = kind.levelRate();
            rate[i] = i % plain;
            profileRate[i] = kind.profileRate();
            season[i] = kind.season();
            relative[i] = kind.relative();
            profileFrom[i] = from;
            from += i < plain ? 0 : kind.season();
        }
        this.profileNumbers = from;
    }

    private record Kind(double levelRate, double profileRate, int season, boolean relative) {}

    private static List<Kind> kinds(Smoothing smoothing) {
        List<Kind> kinds = new ArrayList<>();
        if (smoothing.anchoring() == Anchoring.NONE) {
            return kinds;
        }
        for (double levelRate : smoothing.levelRates()) {
            kinds.add(new Kind(levelRate, 0, 1, false));
        }
        for (int season : smoothing.seasonLengths()) {
            for (boolean relative : new boolean[] {false, true}) {
                for (double profileRate : smoothing.profileRates()) {
                    for (double levelRate : smoothing.levelRates()) {
                        kinds.add(new Kind(levelRate, profileRate, season, relative));
                    }
                }
            }
        }
        return kinds;
    }

    Smoothing smoothing() {
        return smoothing;
    }

    SmoothedState initialState() {
        int longest = seasonLengths.length == 0 ? 0 : seasonLengths[seasonLengths.length - 1];
        return new SmoothedState(levelRate.length, plain, profileNumbers, longest);
    }

    /** Sets what follows from the other numbers of a state. */
    void complete(SmoothedState state) {
        for (int i = 0; i < levelRate.length; i++) {
            state.slopes[i] = slope(state, i);
        }
        Arrays.fill(state.weights, 1.0 / levelRate.length);
        if (state.observed > 0 && smoothing.anchoring() == Anchoring.AUTO) {
            weigh(state);
        }
    }

    /** What the next steps are expected to be, the first of {@code anchors} first. */
    void anchors(SmoothedState state, double[] anchors) {
        Arrays.fill(anchors, 0);
        for (int i = 0; smoothing.anchoring() == Anchoring.AUTO && i < levelRate.length; i++) {
            if (state.weights[i] > LEAST_WEIGHT) {
                addAnchors(state, i, anchors);
            }
        }
    }

    private void addAnchors(SmoothedState state, int i, double[] anchors) {
        double weight = state.weights[i], next = state.nexts[i], slope = state.slopes[i];
        int phase = (int) (state.steps % season[i]);
        for (int ahead = 0; ahead < anchors.length; ahead++) {
            double level = next + ahead * slope;
            if (i < plain) {
                anchors[ahead] += weight * level;
                continue;
            }
            double profile = state.profiles[profileFrom[i] + phase];
            anchors[ahead] += weight * (relative[i] ? level * (1 + profile) : level + profile);
            phase = phase + 1 == season[i] ? 0 : phase + 1;
        }
    }

    /** What the next step is expected to be. */
    double anchor(SmoothedState state) {
        anchors(state, state.next);
        return state.next[0];
    }

    /** The unit in which the network reads and forecasts. */
    double scale(SmoothedState state) {
        return smoothing.scaling() == Scaling.NONE ? 1 : errorScale(state);
    }

    /** The running error, kept above zero. */
    private double errorScale(SmoothedState state) {
        double scale = Math.max(state.scale, LEAST_RELATIVE_SCALE * Math.abs(state.level));
        return scale > 0 ? scale : smoothing.typicalScale();
    }

    /**
     * Advances by one step.
     *
     * @param observation NaN where it is missing
     * @return the error of the anchor in units of the scale before this step; 0 where there is none to speak of
     */
    double observe(SmoothedState state, double observation) {
        if (state.isInFirstSeasons()) {
            state.firstSeasons[(int) state.steps] = observation;
        }
        double surprise = 0;
        if (!Double.isNaN(observation)) {
            surprise = follow(state, observation);
        } else {
            for (int i = 0; i < levelRate.length; i++) {
                state.nexts[i] += state.slopes[i];
            }
        }
        state.steps++;
        for (int length : seasonLengths) {
            if (state.steps == length || state.steps == 2L * length) {
                startProfiles(state, length);
            }
        }
        return surprise;
    }

    /** As {@link #observe}, but the scale stays: an assumed value says nothing about the size of errors. */
    double assume(SmoothedState state, double value) {
        double scale = state.scale;
        long errors = state.errors;
        double surprise = observe(state, value);
        state.scale = scale;
        state.errors = errors;
        return surprise;
    }

    private double follow(SmoothedState state, double observation) {
        boolean first = state.observed == 0;
        if (first && smoothing.anchoring() == Anchoring.AUTO) {
            Arrays.fill(state.levels, observation);
            Arrays.fill(state.nexts, observation);
            state.level = observation;
            state.scale = smoothing.relativeScale() * Math.abs(observation);
            state.errors = FIRST_SCALE_WEIGHT;
        }
        double error = observation - anchor(state);
        double surprise = state.errors == 0 && smoothing.scaling() == Scaling.AUTO ? 0 : error / scale(state);
        state.observed++;
        if (smoothing.anchoring() == Anchoring.AUTO) {
            followAll(state, observation);
        } else {
            state.level += (observation - state.level) * Math.max(smoothing.scaleRate(), 1.0 / state.observed);
        }
        if (!first || smoothing.anchoring() == Anchoring.NONE) {
            state.errors++;
            state.scale += (Math.abs(error) - state.scale) * Math.max(smoothing.scaleRate(), 1.0 / state.errors);
        }
        return surprise;
    }

    private void followAll(SmoothedState state, double observation) {
        state.positive &= observation > 0;
        state.times += state.steps;
        state.squaredTimes += (double) state.steps * state.steps;
        for (int rate = 0; rate < plain; rate++) {
            state.forgotten[rate] *= 1 - levelRate[rate];
        }
        for (int i = 0; i < levelRate.length; i++) {
            double error = observation - seasoned(state, i, state.steps);
            state.wrong[i] = MEMORY * state.wrong[i] + Math.abs(error);
            follow(state, i, observation, state.steps, state.observed);
            aim(state, i);
        }
        weigh(state);
    }

    /** Moves one smoother by the observation of a step, the {@code observed}th of its walk. */
    private void follow(SmoothedState state, int i, double observation, long step, long observed) {
        double error = observation - seasoned(state, i, step);
        double rate = Math.max(levelRate[i], 1.0 / observed);
        double smoothed = observation;
        if (i < plain) {
            state.levels[i] += rate * error;
        } else {
            int at = profileFrom[i] + (int) (step % season[i]);
            double profile = state.profiles[at];
            boolean started = state.steps >= season[i];
            if (relative[i]) {
                double factor = Math.max(LEAST_FACTOR, 1 + profile);
                smoothed /= factor;
                double unit = Math.max(Math.abs(state.levels[i]), errorScale(state));
                state.levels[i] += rate * error / factor;
                state.profiles[at] = started ? factor(i, profile + profileRate[i] * error / unit) : profile;
            } else {
                smoothed -= profile;
                state.levels[i] += rate * error;
                state.profiles[at] += started ? profileRate[i] * error : 0;
            }
        }
        state.sums[i] += smoothed;
        state.timedSums[i] += step * smoothed;
    }

    /** Weighs each smoother by how wrong it was, to the power of −16; relative ones only among positive numbers. */
    private void weigh(SmoothedState state) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < levelRate.length; i++) {
            least = relative[i] && !state.positive ? least : Math.min(least, state.wrong[i]);
        }
        double sum = 0, level = 0;
        for (int i = 0; i < levelRate.length; i++) {
            double part = state.wrong[i] == least ? 1 : least / state.wrong[i];
            part *= part;
            part *= part;
            part *= part;
            state.weights[i] = relative[i] && !state.positive ? 0 : part * part;
            sum += state.weights[i];
        }
        for (int i = 0; i < levelRate.length; i++) {
            state.weights[i] /= sum;
            level += state.weights[i] * state.levels[i];
        }
        state.level = level;
    }

    /** The level of a smoother with the season of a step put back. */
    private double seasoned(SmoothedState state, int i, long step) {
        double level = state.levels[i];
        if (i < plain) {
            return level;
        }
        double profile = state.profiles[profileFrom[i] + (int) (step % season[i])];
        return relative[i] ? level * (1 + profile) : level + profile;
    }

    /** Sets m of the next step, and the trend. */
    private void aim(SmoothedState state, int i) {
        state.nexts[i] = state.levels[i];
        state.slopes[i] = slope(state, i);
        if (hasTrend(state)) {
            state.nexts[i] += state.slopes[i] * (1 - state.forgotten[rate[i]]) / levelRate[i];
        }
    }

    private boolean hasTrend(SmoothedState state) {
        return state.observed >= LEAST_OBSERVED && smoothing.trend() > 0;
    }

    private double slope(SmoothedState state, int i) {
        if (!hasTrend(state)) {
            return 0;
        }
        long n = state.observed;
        double spread = n * state.squaredTimes - state.times * state.times;
        return smoothing.trend() * (n * state.timedSums[i] - state.times * state.sums[i]) / spread;
    }

    /**
     * A relative seasonal factor less one, as far as there are such: of a season's positive values none is below zero, and
     * none above their sum. Beyond, a single outlier over a level near zero would multiply all that follows.
     */
    private double factor(int i, double value) {
        return Math.max(-1, Math.min(season[i], value));
    }

    /**
     * Sets the profiles of one length from the first one or two seasons, with two, less a straight line, and has those that
     * have one walk these seasons again. Errors of the first season were made without a profile: how wrong each smoother was is
     * forgotten, and they weigh as little as one in the scale. Those of the second one say how good a profile is.
     */
    private void startProfiles(SmoothedState state, int length) {
        int steps = (int) state.steps;
        double firstMean = mean(state.firstSeasons, 0, length);
        double lastMean = steps == length ? firstMean : mean(state.firstSeasons, length, 2 * length);
        if (Double.isNaN(firstMean) || Double.isNaN(lastMean)) {
            return;
        }
        double slope = (lastMean - firstMean) / length;
        double start = 0.5 * (firstMean + lastMean) - slope * 0.5 * (steps - 1);
        for (int i = plain; i < levelRate.length; i++) {
            if (season[i] == length) {
                startProfile(state, i, start, slope);
            }
        }
        if (steps == length) {
            Arrays.fill(state.wrong, 0);
            state.errors = Math.min(state.errors, 1);
        }
        weigh(state);
    }

    private void startProfile(SmoothedState state, int i, double start, double slope) {
        int length = season[i];
        for (int phase = 0; phase < length; phase++) {
            state.profiles[profileFrom[i] + phase] = typical(state, i, phase, start, slope);
        }
        state.levels[i] = start;
        state.sums[i] = 0;
        state.timedSums[i] = 0;
        long observed = length; // the level is known better than by one observation
        for (int step = 0; step < state.steps; step++) {
            if (!Double.isNaN(state.firstSeasons[step])) {
                follow(state, i, state.firstSeasons[step], step, ++observed);
            }
        }
        aim(state, i);
    }

    /** The mean, over the seasons so far, of what a phase is beside the straight line. */
    private double typical(SmoothedState state, int i, int phase, double start, double slope) {
        double sum = 0;
        int count = 0;
        for (int step = phase; step < state.steps; step += season[i]) {
            double line = start + slope * step, difference = state.firstSeasons[step] - line;
            if (!Double.isNaN(difference)) {
                sum += !relative[i] ? difference : line == 0 ? 0 : factor(i, difference / Math.abs(line));
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    /** The mean of what is there; NaN where more than half is missing. */
    private static double mean(double[] values, int from, int to) {
        double sum = 0;
        int count = 0;
        for (int i = from; i < to; i++) {
            if (!Double.isNaN(values[i])) {
                sum += values[i];
                count++;
            }
        }
        return 2 * count < to - from ? Double.NaN : sum / count;
    }
}
