package io.foretide.network;

import io.foretide.series.TimeSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a {@link Smoothing} for a training: the trend whose bare anchor forecasts best, or no anchor at all, over the last horizons that a
 * training may choose by. Every error is made before its target is seen, so no candidate is flattered. Where the time to prepare is over,
 * what was walked so far decides.
 */
final class SmoothingFit {
    private static final List<Double> LEVEL_RATES = List.of(0.05, 0.15, 0.4, 0.8);
    private static final List<Double> PROFILE_RATES = List.of(0.2);

    /** None, half a straight line as the theta method has it, and the whole. */
    private static final double[] TRENDS = {0, 0.5, 1};

    /** Forecasts begin so many horizons before the end, or at this part of the series, whichever is earlier. */
    private static final int HORIZONS = 3;

    private static final double LATE = 0.75;

    private static final int MOST_ORIGINS = 200;

    /** Enough for a stable choice; beyond it, series are skipped evenly. */
    private static final long MOST_OBSERVATIONS = 100_000;

    /** A walk takes some milliseconds for so many steps. */
    private static final int STEPS_BETWEEN_QUESTIONS = 4_096;

    private final ForecastSettings forecast;
    private final List<Integer> seasonLengths;
    private final boolean nonNegative;
    private final List<double[]> targets;
    private final BooleanSupplier over;
    private int stepsUnasked;

    /**
     * What a walk over a series came to.
     *
     * @param error the mean absolute anchor error relative to the mean absolute one-step change
     * @param scale that of the last step
     * @param relativeScale the same, relative to the mean absolute observation
     */
    private record Walked(double error, double scale, double relativeScale) {}

    private SmoothingFit(Plan.Planned planned, boolean nonNegative, List<double[]> targets, BooleanSupplier over) {
        this.forecast = planned.settings().forecast();
        this.seasonLengths = planned.seasonLengths();
        this.nonNegative = nonNegative;
        this.targets = targets;
        this.over = over;
    }

    /** The best smoothing for what a training may see of the series; that of its parent, but for scales, where it has one. */
    static Smoothing of(Plan.Planned planned, List<TimeSeries> series, List<Split> splits, BooleanSupplier over) {
        boolean nonNegative = true;
        long observations = 0;
        for (int i = 0; i < series.size(); i++) {
            for (int step = 0; step < splits.get(i).trainingEnd(); step++) {
                nonNegative &= !(series.get(i).target()[step] < 0);
            }
            observations += splits.get(i).trainingEnd();
        }
        int stride = (int) Math.max(1, Math.ceilDiv(observations, MOST_OBSERVATIONS));
        List<double[]> sample = new ArrayList<>();
        for (int i = 0; i < series.size(); i += stride) {
            sample.add(Arrays.copyOf(series.get(i).target(), splits.get(i).validationEnd()));
        }
        var fit = new SmoothingFit(planned, nonNegative, sample, over);
        Predictor parent = planned.parent();
        if (parent != null) {
            // The network has learned what this trend leaves to it.
            return fit.continued(parent.smoothing());
        }
        return planned.settings().forecast().anchor() == Anchoring.NONE
                ? fit.candidate(Anchoring.NONE, 0)
                : fit.best(fit.candidates().toList());
    }

    /** Zero is the best bare forecast of the median where most values are zero: quantiles then have no other anchor. */
    private Stream<Smoothing> candidates() {
        Stream<Smoothing> banks = DoubleStream.of(TRENDS).mapToObj(trend -> candidate(Anchoring.AUTO, trend));
        return forecast.loss() == Loss.QUANTILE && forecast.scaling() == Scaling.AUTO
                ? Stream.concat(banks, Stream.of(candidate(Anchoring.NONE, 0)))
                : banks;
    }

    private Smoothing continued(Smoothing parent) {
        Smoothing same = new Smoothing(
                parent.anchoring(),
                parent.scaling(),
                parent.seasonLengths(),
                parent.levelRates(),
                parent.profileRates(),
                parent.trend(),
                parent.relativeScale(),
                parent.typicalScale(),
                parent.nonNegative() && nonNegative);
        return parent.anchoring() == Anchoring.NONE ? same : best(List.of(same));
    }

    /** The one of the least mean error over series, with the median of the scales after its walks. */
    private Smoothing best(List<Smoothing> candidates) {
        List<List<Walked>> walks = walks(candidates);
        int best = IntStream.range(0, candidates.size())
                .boxed()
                .min(Comparator.comparingDouble(candidate -> meanError(walks, candidate)))
                .orElseThrow();
        List<Walked> chosen = walks.stream().map(walked -> walked.get(best)).toList();
        Smoothing smoothing = candidates.get(best);
        return smoothing.withScales(
                median(chosen.stream().mapToDouble(Walked::relativeScale), smoothing.relativeScale()),
                median(chosen.stream().mapToDouble(Walked::scale), smoothing.typicalScale()));
    }

    /** Of each series that there was time for, in their order, what the walks of all candidates came to. */
    private List<List<Walked>> walks(List<Smoothing> candidates) {
        Map<Integer, List<Walked>> walks = new TreeMap<>();
        for (int index : evenly(targets.size())) {
            List<Walked> walked = new ArrayList<>();
            for (Smoothing candidate : candidates) {
                Walked walk = walk(candidate, targets.get(index));
                if (walk == null) {
                    return List.copyOf(walks.values());
                }
                walked.add(walk);
            }
            walks.put(index, walked);
        }
        return List.copyOf(walks.values());
    }

    private static double meanError(List<List<Walked>> walks, int candidate) {
        double sum = 0;
        int count = 0;
        for (List<Walked> walked : walks) {
            double error = walked.get(candidate).error();
            if (Double.isFinite(error)) {
                sum += error;
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    /** All indexes of so many series, in an order of which each beginning lies evenly among them. */
    private static int[] evenly(int count) {
        int unused = Integer.numberOfLeadingZeros(count);
        return IntStream.range(0, 2 * Integer.highestOneBit(count))
                .map(i -> Integer.reverse(i) >>> unused)
                .filter(index -> index < count)
                .toArray();
    }

    private static double median(DoubleStream values, double otherwise) {
        double[] sorted = values.filter(value -> value > 0 && Double.isFinite(value))
                .sorted()
                .toArray();
        return sorted.length == 0 ? otherwise : sorted[sorted.length / 2];
    }

    /** With the scales that a walk begins with not fitted yet. */
    private Smoothing candidate(Anchoring anchoring, double trend) {
        return new Smoothing(
                anchoring, forecast.scaling(), seasonLengths, LEVEL_RATES, PROFILE_RATES, trend, 0.1, 1, nonNegative);
    }

    /** Nothing where the time was over before its end. */
    private @Nullable Walked walk(Smoothing smoothing, double[] target) {
        var smoother = new Smoother(smoothing);
        SmoothedState state = smoother.initialState();
        double[] anchors = new double[forecast.horizon()];
        double error = 0, change = 0, sum = 0;
        int errors = 0, changes = 0;
        int firstOrigin =
                Math.max(0, (int) Math.min(LATE * target.length, target.length - (double) HORIZONS * anchors.length));
        int stride = Math.max(1, (target.length - firstOrigin) / MOST_ORIGINS);
        for (int step = 0; step < target.length; step++) {
            if (isOver()) {
                return null;
            }
            smoother.observe(state, target[step]);
            sum += Double.isNaN(target[step]) ? 0 : Math.abs(target[step]);
            if (step > 0 && Double.isFinite(target[step] - target[step - 1])) {
                change += Math.abs(target[step] - target[step - 1]);
                changes++;
            }
            if (step < firstOrigin || (step - firstOrigin) % stride > 0) {
                continue;
            }
            smoother.anchors(state, anchors);
            for (int future = step + 1; future < Math.min(target.length, step + 1 + anchors.length); future++) {
                if (Double.isFinite(target[future])) {
                    error += Math.abs(target[future] - anchors[future - step - 1]);
                    errors++;
                }
            }
        }
        return new Walked((error / errors) / (change / changes), state.scale, state.scale * state.observed / sum);
    }

    private boolean isOver() {
        stepsUnasked = (stepsUnasked + 1) % STEPS_BETWEEN_QUESTIONS;
        return stepsUnasked == 0 && over.getAsBoolean();
    }
}
