package io.foretide.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What held-out values say about the outputs of a quantile head: how much of what it adds to the anchor is to be believed,
 * and how far from the median its levels have to lie to be what they claim.
 *
 * <pre>
 *   q̂ = anchor + s·(w·m + k[h][q]·(o[h][q] − m))      m = o[h][½]
 * </pre>
 *
 * w has the least absolute error; k is chosen by split conformal prediction, scaled by the distance that the network gave
 * (Romano, Patterson, Candès 2019): each future step by itself where there is much to tell, all of them together where not.
 *
 * @param share w, in [0, 1]; 0 is the bare anchor
 * @param stretches k, [horizon × levels]
 * @param adapts whether a walk stretches them further as its own observations tell; see {@link Adaptation}
 */
record Calibration(double share, double[][] stretches, boolean adapts) {
    static final double MOST_STRETCH = 10;

    /** Distances below this, in units of the scale, say nothing about how far a level is off. */
    private static final double LEAST_DISTANCE = 1e-3;

    /** How many independent errors a future step needs to weigh as much as all of them together, and these as the network. */
    private static final double ENOUGH_FOR_A_STEP = 200;

    private static final double ENOUGH_FOR_ALL = 20;

    Calibration {
        requireBetween(0, share, 1);
        for (double[] step : stretches) {
            for (double stretch : step) {
                requireBetween(0, stretch, MOST_STRETCH);
            }
        }
    }

    private static void requireBetween(double least, double value, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    "a number of the calibration is %s, and must lie in [%s, %s]".formatted(value, least, most));
        }
    }

    /** Leaves all outputs as they are. */
    static Calibration none(int horizon, int levels) {
        return new Calibration(1, ones(horizon, levels), false);
    }

    private static double[][] ones(int horizon, int levels) {
        double[][] stretches = new double[horizon][levels];
        for (double[] step : stretches) {
            Arrays.fill(step, 1);
        }
        return stretches;
    }

    /** What was to be forecast, and the ascending outputs for it; both in units of the scale, less the anchor. */
    private record Outcome(float label, float[] outputs) {}

    /** By the held-out errors of a predictor whose head is not calibrated yet. */
    static Calibration of(Predictor predictor, HeldOutErrors errors) {
        int horizon = predictor.settings().forecast().horizon();
        var head = (QuantileHead) predictor.head();
        int width = head.width(), median = head.median();
        List<List<Outcome>> outcomes = new ArrayList<>();
        IntStream.range(0, horizon).forEach(_ -> outcomes.add(new ArrayList<>()));
        errors.walk(predictor, (ahead, label, _, outputs) -> {
            float[] ascending = Arrays.copyOfRange(outputs, (ahead - 1) * width, ahead * width);
            Arrays.sort(ascending);
            outcomes.get(ahead - 1).add(new Outcome((float) label, ascending));
        });
        List<Outcome> all = outcomes.stream().flatMap(List::stream).toList();
        if (all.isEmpty()) {
            return new Calibration(1, ones(horizon, width), true);
        }
        boolean anchored = predictor.smoothing().anchoring() == Anchoring.AUTO;
        double share = anchored ? share(all, median) : 1;
        double independent = errors.independent(horizon);
        double[][] stretches = new double[horizon][width];
        for (int level = 0; level < width; level++) {
            double q = head.levels().get(level).value();
            double of = shrunk(stretch(all, share, median, level, q), 1, independent / ENOUGH_FOR_ALL);
            for (int step = 0; step < horizon; step++) {
                double own = outcomes.get(step).isEmpty() ? of : stretch(outcomes.get(step), share, median, level, q);
                stretches[step][level] = shrunk(own, of, independent / ENOUGH_FOR_A_STEP);
            }
        }
        return new Calibration(share, stretches, true);
    }

    private static double shrunk(double value, double towards, double weight) {
        double bounded = Math.clamp(value, 0.1, MOST_STRETCH);
        return (weight * bounded + towards) / (weight + 1);
    }

    /** The w of least Σ|y − w·m|: the median of y/m, in which each weighs |m|. */
    private static double share(List<Outcome> outcomes, int median) {
        List<double[]> ratios = new ArrayList<>();
        double total = 0;
        for (Outcome outcome : outcomes) {
            double middle = outcome.outputs()[median];
            if (middle != 0) {
                ratios.add(new double[] {outcome.label() / middle, Math.abs(middle)});
                total += Math.abs(middle);
            }
        }
        ratios.sort((one, other) -> Double.compare(one[0], other[0]));
        double sum = 0;
        for (double[] ratio : ratios) {
            sum += ratio[1];
            if (sum >= 0.5 * total) {
                return Math.clamp(ratio[0], 0, 1);
            }
        }
        return 1;
    }

    /** The k with which a share of {@code q} of the outcomes lies below the level. */
    private static double stretch(List<Outcome> outcomes, double share, int median, int level, double q) {
        if (level == median) {
            return 1;
        }
        double[] ratios = new double[outcomes.size()];
        for (int i = 0; i < ratios.length; i++) {
            float[] outputs = outcomes.get(i).outputs();
            double distance = Math.abs(outputs[level] - outputs[median]);
            double beyond = outcomes.get(i).label() - share * outputs[median];
            ratios[i] = (q > 0.5 ? beyond : -beyond) / Math.max(LEAST_DISTANCE, distance);
        }
        Arrays.sort(ratios);
        int rank = (int) Math.ceil((ratios.length + 1) * Math.max(q, 1 - q));
        return ratios[Math.min(ratios.length, rank) - 1];
    }
}
