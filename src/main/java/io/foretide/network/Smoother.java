package io.foretide.network;

/**
 * Walks the level, seasonal profile and scale of a series, one observation at a time; see {@link Smoothing} for the
 * formulas. What it leaves over, the surprise, is what the network reads, and what the network forecasts is added to the
 * anchor. Everything is causal and O(1) a step (O(season) twice in a walk, when the profile starts).
 */
record Smoother(Smoothing smoothing) {
    /** A scale never falls below this part of the level, so that a constant series has a scale. */
    private static final double LEAST_RELATIVE_SCALE = 1e-4;

    /** Relative seasonal factors are kept off zero, where the level would follow every error without bound. */
    private static final double LEAST_FACTOR = 0.2;

    /** The scale that a walk begins with weighs as much as this many errors. */
    private static final int FIRST_SCALE_WEIGHT = 2;

    SmoothedState initialState() {
        return new SmoothedState(smoothing.seasonLength());
    }

    /** What the next step is expected to be, {@code ahead} steps after the last one walked; 1 is the next. */
    double anchor(SmoothedState state, int ahead) {
        if (smoothing.anchoring() == Anchoring.NONE) {
            return 0;
        }
        double season = state.profile[phase(state, ahead)];
        return smoothing.multiplicative() ? state.level * (1 + season) : state.level + season;
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
        int season = smoothing.seasonLength();
        if (state.firstSeasons.length > 0 && state.steps < 2L * season) {
            state.firstSeasons[(int) state.steps] = observation;
        }
        double surprise = 0;
        if (!Double.isNaN(observation)) {
            surprise = follow(state, observation);
        }
        state.steps++;
        if (season > 1 && (state.steps == season || state.steps == 2L * season)) {
            startProfile(state, (int) (state.steps / season));
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
            state.level = observation;
            state.scale = smoothing.relativeScale() * Math.abs(observation);
            state.errors = FIRST_SCALE_WEIGHT;
        }
        double error = observation - anchor(state, 1);
        double surprise = state.errors == 0 && smoothing.scaling() == Scaling.AUTO ? 0 : error / scale(state);
        state.observed++;
        if (smoothing.anchoring() == Anchoring.AUTO) {
            moveLevel(state, error);
        } else {
            state.level += (observation - state.level) * Math.max(smoothing.scaleRate(), 1.0 / state.observed);
        }
        if (!first || smoothing.anchoring() == Anchoring.NONE) {
            state.errors++;
            state.scale += (Math.abs(error) - state.scale) * Math.max(smoothing.scaleRate(), 1.0 / state.errors);
        }
        return surprise;
    }

    private void moveLevel(SmoothedState state, double error) {
        double rate = Math.max(smoothing.levelRate(), 1.0 / state.observed);
        int phase = phase(state, 1);
        boolean seasonal = smoothing.seasonLength() > 1 && state.steps >= smoothing.seasonLength();
        if (!smoothing.multiplicative()) {
            state.level += rate * error;
            state.profile[phase] += seasonal ? smoothing.profileRate() * error : 0;
            return;
        }
        double unit = Math.max(Math.abs(state.level), errorScale(state));
        state.level += rate * error / Math.max(LEAST_FACTOR, 1 + state.profile[phase]);
        if (seasonal) {
            state.profile[phase] = factor(state.profile[phase] + smoothing.profileRate() * error / unit);
        }
    }

    /**
     * A relative seasonal factor less one, as far as there are such: of a season's positive values none is below zero, and
     * none above their sum. Beyond, a single outlier over a level near zero would multiply all that follows.
     */
    private double factor(double value) {
        return Math.max(-1, Math.min(smoothing.seasonLength(), value));
    }

    /** Sets level and profile from the first one or two seasons; with two, a linear trend is taken out first. */
    private void startProfile(SmoothedState state, int seasons) {
        int season = smoothing.seasonLength();
        double firstMean = mean(state.firstSeasons, 0, season);
        double lastMean = seasons == 1 ? firstMean : mean(state.firstSeasons, season, 2 * season);
        if (smoothing.anchoring() == Anchoring.NONE || Double.isNaN(firstMean) || Double.isNaN(lastMean)) {
            return;
        }
        double slope = (lastMean - firstMean) / season;
        double middle = 0.5 * (firstMean + lastMean), centre = 0.5 * (seasons * season - 1);
        for (int phase = 0; phase < season; phase++) {
            double sum = 0;
            int count = 0;
            for (int step = phase; step < seasons * season; step += season) {
                if (!Double.isNaN(state.firstSeasons[step])) {
                    sum += relative(state.firstSeasons[step], middle + slope * (step - centre));
                    count++;
                }
            }
            state.profile[phase] = count == 0 ? 0 : sum / count;
        }
        state.level = middle + slope * (seasons * season - 1 - centre);
        // Errors so far were made without a profile: they weigh as little as one.
        state.errors = Math.min(state.errors, 1);
    }

    private double relative(double observation, double level) {
        double difference = observation - level;
        if (!smoothing.multiplicative()) {
            return difference;
        }
        return level == 0 ? 0 : factor(difference / Math.abs(level));
    }

    private int phase(SmoothedState state, int ahead) {
        return (int) ((state.steps + ahead - 1) % smoothing.seasonLength());
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
