package io.foretide.network;

import io.foretide.series.TimeSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Chooses a {@link Smoothing} for a training: the trend whose bare anchor forecasts best, or no anchor at all, over the last horizons that a
 * training may choose by. Every error is made before its target is seen, so no candidate is flattered.
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

    private final ForecastSettings forecast;
    private final List<Integer> seasonLengths;
    private final boolean nonNegative;
    private final List<double[]> targets;

    private SmoothingFit(
            ForecastSettings forecast, List<Integer> seasonLengths, boolean nonNegative, List<double[]> targets) {
        this.forecast = forecast;
        this.seasonLengths = seasonLengths;
        this.nonNegative = nonNegative;
        this.targets = targets;
    }

    /** The best smoothing for what a training may see of the series; that of its parent, but for scales, where it has one. */
    static Smoothing of(Plan.Planned planned, List<TimeSeries> series, List<Split> splits) {
        ForecastSettings forecast = planned.settings().forecast();
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
        var fit = new SmoothingFit(forecast, planned.seasonLengths(), nonNegative, sample);
        Predictor parent = planned.parent();
        if (parent != null) {
            // The network has learned what this trend leaves to it.
            return fit.continued(parent.smoothing());
        }
        if (forecast.anchor() == Anchoring.NONE) {
            return fit.candidate(Anchoring.NONE, 0);
        }
        return fit.withScales(
                fit.candidates().min(Comparator.comparingDouble(fit::error)).orElseThrow());
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
        return parent.anchoring() == Anchoring.NONE ? same : withScales(same);
    }

    /** Scales after the walks: their median over series, plain and relative to the mean absolute observation. */
    private Smoothing withScales(Smoothing best) {
        var smoother = new Smoother(best);
        double[] scales = new double[targets.size()], relative = new double[targets.size()];
        for (int i = 0; i < scales.length; i++) {
            SmoothedState state = smoother.initialState();
            double sum = 0;
            for (double observation : targets.get(i)) {
                smoother.observe(state, observation);
                sum += Double.isNaN(observation) ? 0 : Math.abs(observation);
            }
            scales[i] = state.scale;
            relative[i] = state.scale * state.observed / sum;
        }
        return best.withScales(median(relative, best.relativeScale()), median(scales, best.typicalScale()));
    }

    private static double median(double[] values, double otherwise) {
        double[] sorted = Arrays.stream(values)
                .filter(value -> value > 0 && Double.isFinite(value))
                .sorted()
                .toArray();
        return sorted.length == 0 ? otherwise : sorted[sorted.length / 2];
    }

    /** With the scales that a walk begins with not fitted yet. */
    private Smoothing candidate(Anchoring anchoring, double trend) {
        return new Smoothing(
                anchoring, forecast.scaling(), seasonLengths, LEVEL_RATES, PROFILE_RATES, trend, 0.1, 1, nonNegative);
    }

    /** The mean, over series, of the mean absolute anchor error relative to the mean absolute one-step change. */
    private double error(Smoothing smoothing) {
        double sum = 0;
        int count = 0;
        for (double[] target : targets) {
            double error = error(smoothing, target);
            if (Double.isFinite(error)) {
                sum += error;
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    private double error(Smoothing smoothing, double[] target) {
        var smoother = new Smoother(smoothing);
        SmoothedState state = smoother.initialState();
        double[] anchors = new double[forecast.horizon()];
        double error = 0, change = 0;
        int errors = 0, changes = 0;
        int firstOrigin =
                Math.max(0, (int) Math.min(LATE * target.length, target.length - (double) HORIZONS * anchors.length));
        int stride = Math.max(1, (target.length - firstOrigin) / MOST_ORIGINS);
        for (int step = 0; step < target.length; step++) {
            smoother.observe(state, target[step]);
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
        return (error / errors) / (change / changes);
    }
}
