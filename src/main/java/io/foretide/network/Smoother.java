package io.foretide.network;

import java.util.Arrays;

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

    private final Smoothing smoothing;
    private final int season;

    /** Of each smoother. Those without a profile come first, then those with one to add, then those with a relative one. */
    private final double[] levelRate;

    private final double[] profileRate;
    private final int plain;
    private final int relativeFrom;

    Smoother(Smoothing smoothing) {
        this.smoothing = smoothing;
        this.season = smoothing.seasonLength();
        int levels = smoothing.levelRates().size();
        int profiled = season == 1 ? 0 : levels * smoothing.profileRates().size();
        int count = levels + (smoothing.multiplicative() ? 2 * profiled : profiled);
        this.plain = levels;
        this.relativeFrom = levels + profiled;
        this.levelRate = new double[count];
        this.profileRate = new double[count];
        for (int i = 0; i < count; i++) {
            levelRate[i] = smoothing.levelRates().get(i % levels);
            profileRate[i] = i < plain
                    ? 0
                    : smoothing
                            .profileRates()
                            .get((i - plain) / levels % smoothing.profileRates().size());
        }
    }

    Smoothing smoothing() {
        return smoothing;
    }

    SmoothedState initialState() {
        return new SmoothedState(levelRate.length, levelRate.length - plain, season);
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
        int phase = phase(state, 1), from = (i - plain) * season;
        for (int ahead = 0; ahead < anchors.length; ahead++) {
            double level = next + ahead * slope;
            if (i < plain) {
                anchors[ahead] += weight * level;
                continue;
            }
            double profile = state.profiles[from + phase];
            anchors[ahead] += weight * (i < relativeFrom ? level + profile : level * (1 + profile));
            phase = phase + 1 == season ? 0 : phase + 1;
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
        if (state.steps < state.firstSeasons.length) {
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
        if (state.firstSeasons.length > 0 && (state.steps == season || state.steps == 2L * season)) {
            startProfiles(state, (int) state.steps);
        }
        return surprise;
    }

    /** As {@link #observe}, but the scale stays: an assumed value says nothing about the size of errors. */
    double assume(SmoothedState state, double value) {
        double scale = state.scale;
        int errors = state.errors;
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
        int phase = phase(state, 1);
        state.times += state.steps;
        state.squaredTimes += (double) state.steps * state.steps;
        for (int i = 0; i < levelRate.length; i++) {
            double error = observation - seasoned(state, i, phase, state.levels[i]);
            state.wrong[i] = smoothing.memory() * state.wrong[i] + Math.abs(error);
            follow(state, i, phase, observation, state.steps, state.observed);
            state.forgotten[i] *= 1 - levelRate[i];
            aim(state, i);
        }
        weigh(state);
    }

    /** Moves one smoother by an observation, the {@code observed}th of its walk. */
    private void follow(SmoothedState state, int i, int phase, double observation, long step, int observed) {
        double error = observation - seasoned(state, i, phase, state.levels[i]);
        double rate = Math.max(levelRate[i], 1.0 / observed);
        double smoothed = observation;
        if (i < plain) {
            state.levels[i] += rate * error;
        } else {
            int at = (i - plain) * season + phase;
            double profile = state.profiles[at];
            boolean started = state.steps >= season;
            if (i < relativeFrom) {
                smoothed -= profile;
                state.levels[i] += rate * error;
                state.profiles[at] += started ? profileRate[i] * error : 0;
            } else {
                double factor = Math.max(LEAST_FACTOR, 1 + profile);
                smoothed /= factor;
                double unit = Math.max(Math.abs(state.levels[i]), errorScale(state));
                state.levels[i] += rate * error / factor;
                state.profiles[at] = started ? factor(profile + profileRate[i] * error / unit) : profile;
            }
        }
        state.sums[i] += smoothed;
        state.timedSums[i] += step * smoothed;
    }

    /** Weighs each smoother by how wrong it was, to the power of −16. */
    private void weigh(SmoothedState state) {
        int eligible = state.positive ? levelRate.length : relativeFrom;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < eligible; i++) {
            least = Math.min(least, state.wrong[i]);
        }
        double sum = 0, level = 0;
        for (int i = 0; i < state.weights.length; i++) {
            double part = i >= eligible ? 0 : state.wrong[i] == least ? 1 : least / state.wrong[i];
            part *= part;
            part *= part;
            part *= part;
            state.weights[i] = part * part;
            sum += state.weights[i];
        }
        for (int i = 0; i < state.weights.length; i++) {
            state.weights[i] /= sum;
            level += state.weights[i] * state.levels[i];
        }
        state.level = level;
    }

    /** A level with the season of a smoother put back. */
    private double seasoned(SmoothedState state, int i, int phase, double level) {
        if (i < plain) {
            return level;
        }
        double profile = state.profiles[(i - plain) * season + phase];
        return i < relativeFrom ? level + profile : level * (1 + profile);
    }

    /** Sets m of the next step, and the trend. */
    private void aim(SmoothedState state, int i) {
        int n = state.observed;
        state.nexts[i] = state.levels[i];
        state.slopes[i] = 0;
        if (n >= LEAST_OBSERVED && smoothing.trend() > 0) {
            double spread = n * state.squaredTimes - state.times * state.times;
            double slope = smoothing.trend() * (n * state.timedSums[i] - state.times * state.sums[i]) / spread;
            state.nexts[i] += slope * (1 - state.forgotten[i]) / levelRate[i];
            state.slopes[i] = slope;
        }
    }

    /**
     * A relative seasonal factor less one, as far as there are such: of a season's positive values none is below zero, and
     * none above their sum. Beyond, a single outlier over a level near zero would multiply all that follows.
     */
    private double factor(double value) {
        return Math.max(-1, Math.min(season, value));
    }

    /**
     * Sets the profiles from the first one or two seasons, with two, less a straight line, and has those that have one walk
     * these seasons again. How wrong each was is forgotten: none had a profile.
     */
    private void startProfiles(SmoothedState state, int length) {
        double firstMean = mean(state.firstSeasons, 0, season);
        double lastMean = length == season ? firstMean : mean(state.firstSeasons, season, 2 * season);
        if (smoothing.anchoring() == Anchoring.NONE || Double.isNaN(firstMean) || Double.isNaN(lastMean)) {
            return;
        }
        double slope = (lastMean - firstMean) / season;
        double start = 0.5 * (firstMean + lastMean) - slope * 0.5 * (length - 1);
        for (int i = plain; i < levelRate.length; i++) {
            for (int phase = 0; phase < season; phase++) {
                state.profiles[(i - plain) * season + phase] = typical(state, i, phase, length, start, slope);
            }
            state.levels[i] = start;
            state.sums[i] = 0;
            state.timedSums[i] = 0;
            int observed = season; // the level is known better than by one observation
            for (int step = 0; step < length; step++) {
                if (!Double.isNaN(state.firstSeasons[step])) {
                    follow(state, i, step % season, state.firstSeasons[step], step, ++observed);
                }
            }
        }
        for (int i = plain; i < levelRate.length; i++) {
            aim(state, i);
        }
        Arrays.fill(state.wrong, 0);
        weigh(state);
        // Errors so far were made without a profile: they weigh as little as one.
        state.errors = Math.min(state.errors, 1);
    }

    /** The mean, over the first seasons, of what a phase is beside the straight line. */
    private double typical(SmoothedState state, int i, int phase, int length, double start, double slope) {
        double sum = 0;
        int count = 0;
        for (int step = phase; step < length; step += season) {
            double line = start + slope * step, difference = state.firstSeasons[step] - line;
            if (!Double.isNaN(difference)) {
                sum += i < relativeFrom ? difference : line == 0 ? 0 : factor(difference / Math.abs(line));
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    private int phase(SmoothedState state, int ahead) {
        return (int) ((state.steps + ahead - 1) % season);
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
