package io.foretide.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

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
 * <p>Series that share their days are wrong together, and next time it may be the other way round. So what the errors of all
 * series have in common at a step counts both ways, and the more that is, the less there is to tell of single steps.
 *
 * @param share w, in [0, 1]; 0 is the bare anchor
 * @param stretches k, [horizon × levels]
 * @param adapts whether a walk stretches them further as its own observations tell; see {@link Adaptation}
 */
record Calibration(double share, double[][] stretches, boolean adapts) {
    static final double MOST_STRETCH = 10;

    /** Distances below this, in units of the scale, say nothing about how far a level is off. */
    private static final double LEAST_DISTANCE = 1e-3;

    /** How many independent errors a future step needs to weigh as much as all of them together. */
    private static final double ENOUGH_FOR_A_STEP = 200;

    /** How many errors all future steps need to weigh as much as the network. */
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

    /** What was to be forecast where, and the ascending outputs for it; both in units of the scale, less the anchor. */
    private record Outcome(HeldOutErrors.Place place, double label, float[] outputs) {
        double error(double share, int median) {
            return label - share * outputs[median];
        }

        Outcome less(double common) {
            return new Outcome(place, label - common, outputs);
        }
    }

    /** By the held-out errors of a predictor whose head is not calibrated yet. */
    static Calibration of(Predictor predictor, HeldOutErrors errors) {
        int horizon = predictor.settings().forecast().horizon();
        var head = (QuantileHead) predictor.head();
        int width = head.width(), median = head.median();
        List<Outcome> outcomes = outcomes(predictor, errors, width);
        if (outcomes.isEmpty()) {
            return new Calibration(1, ones(horizon, width), true);
        }
        boolean anchored = predictor.smoothing().anchoring() == Anchoring.AUTO;
        double share = anchored ? share(outcomes, median) : 1;
        Map<Integer, Double> common = common(outcomes, share, median);
        double independent = errors.stretches(horizon)
                * Math.clamp(independentSeries(outcomes, share, median, common), 1, errors.series());
        List<Outcome> all = bothWays(outcomes, common);
        Map<Integer, List<Outcome>> bySteps =
                all.stream().collect(Collectors.groupingBy(one -> one.place().ahead()));
        double[][] stretches = new double[horizon][width];
        for (int level = 0; level < width; level++) {
            double q = head.levels().get(level).value();
            double count = errors.stretches(horizon) * errors.series();
            double of = shrunk(stretch(all, share, median, level, q), 1, count / ENOUGH_FOR_ALL);
            for (int step = 0; step < horizon; step++) {
                List<Outcome> ofStep = bySteps.get(step + 1);
                double own = ofStep == null ? of : stretch(ofStep, share, median, level, q);
                stretches[step][level] = shrunk(own, of, independent / ENOUGH_FOR_A_STEP);
            }
        }
        return new Calibration(share, stretches, true);
    }

    private static List<Outcome> outcomes(Predictor predictor, HeldOutErrors errors, int width) {
        List<Outcome> outcomes = new ArrayList<>();
        errors.walk(predictor, (place, label, _, outputs) -> {
            float[] ascending = Arrays.copyOfRange(outputs, (place.ahead() - 1) * width, place.ahead() * width);
            Arrays.sort(ascending);
            outcomes.add(new Outcome(place, (float) label, ascending));
        });
        return outcomes;
    }

    /** The median error of each step, over all series and origins. */
    private static Map<Integer, Double> common(List<Outcome> outcomes, double share, int median) {
        return outcomes.stream()
                .collect(Collectors.groupingBy(
                        one -> one.place().left(),
                        Collectors.mapping(
                                one -> one.error(share, median),
                                Collectors.collectingAndThen(Collectors.toList(), Calibration::median))));
    }

    private static double median(List<Double> values) {
        List<Double> ascending = values.stream().sorted().toList();
        return 0.5 * (ascending.get(ascending.size() / 2) + ascending.get((ascending.size() - 1) / 2));
    }

    /**
     * Of n independent errors the mean is √n times as small as they are: of how many it would be as far from zero as what the
     * errors of all series have in common at a step.
     */
    private static double independentSeries(
            List<Outcome> outcomes, double share, int median, Map<Integer, Double> common) {
        double shared = mean(common.values().stream().mapToDouble(one -> one));
        double ratio = mean(outcomes.stream().mapToDouble(one -> one.error(share, median))) / shared;
        return shared == 0 ? Double.POSITIVE_INFINITY : ratio * ratio;
    }

    /** Of the magnitudes. */
    private static double mean(DoubleStream errors) {
        return errors.map(Math::abs).average().orElseThrow();
    }

    /** The outcomes, and each once more with what all series have in common at its step on the other side. */
    private static List<Outcome> bothWays(List<Outcome> outcomes, Map<Integer, Double> common) {
        return outcomes.stream()
                .flatMap(one -> Stream.of(
                        one, one.less(2 * common.getOrDefault(one.place().left(), 0.0))))
                .toList();
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
            double beyond = outcomes.get(i).error(share, median);
            ratios[i] = (q > 0.5 ? beyond : -beyond) / Math.max(LEAST_DISTANCE, distance);
        }
        Arrays.sort(ratios);
        int rank = (int) Math.ceil((ratios.length + 1) * Math.max(q, 1 - q));
        return ratios[Math.min(ratios.length, rank) - 1];
    }
}
