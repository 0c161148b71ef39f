package io.foretide.evaluation;

import io.foretide.evaluation.BacktestReport.StepMeasures;
import io.foretide.series.TimeSeries;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Forecasts the known past from what was known before it, and measures how good that was.
 *
 * <p>A series is cut at several origins. All before an origin is the context, which is what a forecaster is given, and in
 * whose units its errors are measured; the steps after it, as many as the horizon, are what it is scored on.
 */
public final class Backtest {
    /** The place of the model among the contestants; the baselines follow in their order. */
    private static final int MODEL = 0;

    private static final List<Baseline> BASELINES = List.of(Baseline.values());

    private Backtest() {}

    /**
     * Rolling origins: the last is a horizon before the end of a series, and each further one a stride before the next.
     * A window whose context is not longer than the horizon is skipped.
     *
     * @param windows the number of origins in each series
     */
    public record Plan(int horizon, int windows, int stride, int seasonLength) implements WindowPlan {
        @Override
        public Cuts cut(TimeSeries series) {
            List<Integer> origins = IntStream.range(0, windows)
                    .mapToLong(k -> series.length() - horizon - (long) k * stride)
                    .takeWhile(origin -> origin > horizon)
                    .mapToObj(Math::toIntExact)
                    .toList();
            return new Cuts(origins, windows - origins.size());
        }
    }

    /**
     * The windows that lie wholly in the part of each series that a training has not seen. They do not overlap; where more
     * would fit, the last ones are taken.
     *
     * @param windows the most windows in each series
     * @param firstUnseen the first step of a series that the training has not seen
     * @param filter a choice among these windows
     */
    public record HeldOut(
            int horizon, int windows, int seasonLength, ToIntFunction<TimeSeries> firstUnseen, WindowFilter filter)
            implements WindowPlan {
        /** All windows of the part that was not seen. */
        public HeldOut(int horizon, int windows, int seasonLength, ToIntFunction<TimeSeries> firstUnseen) {
            this(horizon, windows, seasonLength, firstUnseen, WindowFilter.ALL);
        }

        @Override
        public Cuts cut(TimeSeries series) {
            int first = Math.max(1, firstUnseen.applyAsInt(series));
            List<Integer> fitting = IntStream.iterate(
                            series.length() - horizon, origin -> origin >= first, origin -> origin - horizon)
                    .limit(windows)
                    .boxed()
                    .toList();
            List<Integer> chosen = fitting.stream()
                    .filter(origin -> filter.accepts(series, origin))
                    .toList();
            return new Cuts(chosen, fitting.isEmpty() ? 1 : fitting.size() - chosen.size());
        }
    }

    /**
     * Scores a model on rolling origins, beside each {@link Baseline}.
     *
     * @param seen which windows the training of the model has seen; they are scored as well, and counted
     */
    public static BacktestReport run(Forecaster model, List<TimeSeries> series, Plan plan, WindowFilter seen) {
        return report(model, series, plan, seen);
    }

    /** Scores a model on the part of the series that its training has not seen, beside each {@link Baseline}. */
    public static BacktestReport heldOut(Forecaster model, List<TimeSeries> series, HeldOut plan) {
        return report(model, series, plan, WindowFilter.NONE);
    }

    /** Scores two forecasters on the same windows. */
    public static Comparison compare(
            Forecaster challenger, Forecaster champion, List<TimeSeries> series, HeldOut plan) {
        var contest = new Contest(List.of(challenger, champion), plan.horizon(), plan.seasonLength());
        for (TimeSeries one : series) {
            plan.cut(one).origins().forEach(origin -> contest.enter(one, origin));
        }
        contest.finish();
        return new Comparison(
                contest.windows(),
                contest.overall(0).weightedQuantileLoss(),
                contest.overall(1).weightedQuantileLoss());
    }

    private static BacktestReport report(
            Forecaster model, List<TimeSeries> series, WindowPlan plan, WindowFilter seen) {
        List<Forecaster> contestants = new ArrayList<>(List.of(model));
        BASELINES.forEach(baseline -> contestants.add(baseline.forecaster(plan.seasonLength())));
        var contest = new Contest(contestants, plan.horizon(), plan.seasonLength());
        int skipped = 0;
        int seenWindows = 0;
        for (TimeSeries one : series) {
            var cuts = plan.cut(one);
            skipped += cuts.skipped();
            for (int origin : cuts.origins()) {
                boolean scored = contest.enter(one, origin);
                skipped += scored ? 0 : 1;
                seenWindows += scored && seen.accepts(one, origin) ? 1 : 0;
            }
        }
        contest.finish();
        return new BacktestReport(
                contest.windows(),
                skipped,
                contest.unscaled(),
                seenWindows,
                plan.seasonLength(),
                contest.overall(MODEL).measures(),
                baselines(who -> contest.overall(who).measures()),
                perHorizon(contest, plan.horizon()));
    }

    private static List<StepMeasures> perHorizon(Contest contest, int horizon) {
        return IntStream.range(0, horizon)
                .mapToObj(step ->
                        new StepMeasures(step + 1, contest.at(step, MODEL), baselines(who -> contest.at(step, who))))
                .toList();
    }

    private static Map<Baseline, Measures> baselines(IntFunction<Measures> measures) {
        Map<Baseline, Measures> all = new EnumMap<>(Baseline.class);
        BASELINES.forEach(baseline -> all.put(baseline, measures.apply(MODEL + 1 + baseline.ordinal())));
        return all;
    }
}
