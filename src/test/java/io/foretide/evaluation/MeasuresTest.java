package io.foretide.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foretide.evaluation.BacktestReport.StepMeasures;
import io.foretide.series.Forecast;
import io.foretide.series.QuantileLevel;
import io.foretide.series.TimeSeries;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The expected figures of real series come from an independent scorer, written in another language. */
class MeasuresTest {
    private static final Backtest.Plan THREE_YEARS = new Backtest.Plan(12, 3, 12, 12);
    private static final List<TimeSeries> SERIES =
            List.of(SampleSeries.airPassengers(), SampleSeries.steps(), SampleSeries.constant(30, 3));

    /** Grows from the last value; the quantiles lie askew, so that mean and median differ. */
    private static Forecast growing(TimeSeries context, int horizon, List<QuantileLevel> levels) {
        double last = context.target()[context.length() - 1];
        double[] mean = IntStream.range(0, horizon)
                .mapToDouble(h -> last * (1 + 0.01 * h) + 1)
                .toArray();
        double[][] quantiles = levels.stream()
                .map(level -> IntStream.range(0, horizon)
                        .mapToDouble(h -> mean[h] * (0.85 + 0.25 * level.value()))
                        .toArray())
                .toArray(double[][]::new);
        return new Forecast(mean, levels, quantiles);
    }

    @Test
    void agreesWithTheIndependentScorer() {
        var report = Backtest.run(MeasuresTest::growing, SERIES, THREE_YEARS, WindowFilter.NONE);

        assertThat(report.windows()).isEqualTo(7);
        assertThat(report.skipped()).isEqualTo(2);
        assertThat(report.unscaled()).isEqualTo(1);
        assertMeasures(
                report.model(),
                new Measures(
                        84,
                        2.33597544566604,
                        2.4033815498075373,
                        36.343203912779664,
                        37.59673485168889,
                        55.34355662155992,
                        0.14020541136123688,
                        0.21428571428571427,
                        0.17852611440596894,
                        0.23809523809523808,
                        0.21199976085708822));
    }

    @Test
    void scoresTheNaiveForecastsAsTheIndependentScorerDoes() {
        var report = Backtest.run(MeasuresTest::growing, SERIES, THREE_YEARS, WindowFilter.NONE);

        assertMeasures(
                report.baseline(Baseline.NAIVE),
                new Measures(
                        84,
                        2.467336716823708,
                        2.467336716823708,
                        33.27154611646784,
                        43.381680914667534,
                        64.69626838432912,
                        0.145802317486769,
                        0.8571428571428571,
                        0.5072066874510843,
                        0.9285714285714286,
                        0.7757054321349246));
        assertMeasures(
                report.baseline(Baseline.SEASONAL_NAIVE),
                new Measures(
                        84,
                        1.0731631398245653,
                        1.0731631398245653,
                        13.406117067202315,
                        17.51143461151633,
                        27.509089406957838,
                        0.07358089532764972,
                        0.5357142857142857,
                        0.10624458893853866,
                        0.7619047619047619,
                        0.16248702316748292));
    }

    @Test
    void scoresEachStepAsIfItWereTheWholeHorizon() {
        var report = Backtest.run(MeasuresTest::growing, SERIES, THREE_YEARS, WindowFilter.NONE);

        assertThat(report.perHorizon())
                .extracting(StepMeasures::step)
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        assertMeasures(
                report.perHorizon().get(4).model(),
                new Measures(
                        7,
                        1.6367111782766608,
                        1.7210963732614857,
                        25.51274761985413,
                        19.81714285714285,
                        32.40172129466493,
                        0.10368988391376453,
                        0.14285714285714285,
                        0.1806692851531814,
                        0.14285714285714285,
                        0.21454477611940312));
    }

    @Test
    void averagesOverTheStepsToTheWhole() {
        var report = Backtest.run(MeasuresTest::growing, SERIES, THREE_YEARS, WindowFilter.NONE);

        List<Function<Measures, @Nullable Double>> averaged =
                List.of(Measures::mase, Measures::maseOfMedian, Measures::coverage80, Measures::coverage95);
        for (var measure : averaged) {
            double average = report.perHorizon().stream()
                    .mapToDouble(step -> defined(measure.apply(step.baseline(Baseline.SEASONAL_NAIVE))))
                    .average()
                    .orElseThrow();
            assertThat(defined(measure.apply(report.baseline(Baseline.SEASONAL_NAIVE))))
                    .isCloseTo(average, within(1e-12));
        }
    }

    @Test
    void computesWhatAHandComputes() {
        var series = SampleSeries.of("a", 1, 2, 3, 4, 2, 3, 4, 5, 3, 6);

        var measures = Backtest.run(
                        theseOnly(new double[] {3, 4}, 1),
                        List.of(series),
                        new Backtest.Plan(2, 1, 2, 4),
                        WindowFilter.NONE)
                .model();

        // In units of the mean difference at lag 4, which is 1: errors of 0 and 2.
        assertThat(measures.mase()).isEqualTo(1.0);
        assertThat(measures.smape()).isEqualTo(100 * (0 + 2 * 2 / 10.0) / 2);
        assertThat(measures.rmse()).isEqualTo(Math.sqrt(2));
        assertThat(measures.coverage80()).isEqualTo(0.5);
        assertThat(measures.width80()).isCloseTo(2 * 0.8 / 9, within(1e-12));
    }

    @Test
    void fallsBackToLagOneWhereTheContextHoldsNoSeason() {
        var series = SampleSeries.of("a", 1, 3, 5, 9);

        var report = Backtest.run(
                theseOnly(new double[] {7}, 0), List.of(series), new Backtest.Plan(1, 1, 1, 12), WindowFilter.NONE);

        assertThat(report.model().mase()).isEqualTo(1.0);
    }

    @Test
    void leavesOutWhatIsUndefined() {
        var zeros = SampleSeries.constant(12, 0);

        var report = Backtest.run(
                SeasonalNaiveForecaster.NAIVE, List.of(zeros), new Backtest.Plan(3, 1, 3, 4), WindowFilter.NONE);

        assertThat(report.windows()).isEqualTo(1);
        assertThat(report.unscaled()).isEqualTo(1);
        assertThat(report.model()).isEqualTo(new Measures(3, null, null, null, 0.0, 0.0, null, 1.0, null, 1.0, null));
    }

    @Test
    void leavesOutMissingValues() {
        var whole = SampleSeries.of("a", 1, 3, 2, 4, 2, 5, 4);
        var holed = SampleSeries.of("a", 1, 3, 2, 4, 2, 5, 9, 4);
        holed.target()[6] = Double.NaN;

        var expected = Backtest.run(
                theseOnly(new double[] {4, 4}, 1), List.of(whole), new Backtest.Plan(2, 1, 2, 1), WindowFilter.NONE);
        var actual = Backtest.run(
                theseOnly(new double[] {4, 17, 4}, 1),
                List.of(holed),
                new Backtest.Plan(3, 1, 3, 1),
                WindowFilter.NONE);

        assertThat(actual.model()).isEqualTo(expected.model());
        assertThat(actual.perHorizon().get(1).model().observations()).isZero();
        assertThat(actual.perHorizon().get(1).model().mase()).isNull();
    }

    @Test
    void coversGaussianValuesAsOftenAsTheLevelsSay() {
        var random = new Random(7);
        int count = 20_000;
        double[] values = IntStream.range(0, 2 * count + 1)
                .mapToDouble(_ -> 10 + random.nextGaussian())
                .toArray();
        var normal = org.apache.commons.statistics.distribution.NormalDistribution.of(10, 1);
        Forecaster exact = (_, horizon, levels) -> flat(10, horizon, levels, normal::inverseCumulativeProbability);

        var measures = Backtest.run(
                        exact,
                        List.of(SampleSeries.of("noise", values)),
                        new Backtest.Plan(count, 1, 1, 1),
                        WindowFilter.NONE)
                .model();

        assertThat(measures.coverage80()).isCloseTo(0.80, within(0.01));
        assertThat(measures.coverage95()).isCloseTo(0.95, within(0.01));
        assertThat(measures.width80()).isCloseTo(2 * 1.281552 / 10, within(0.001));
    }

    private static Forecaster theseOnly(double[] mean, double spread) {
        return (_, _, levels) -> new Forecast(
                mean,
                levels,
                levels.stream()
                        .map(level -> java.util.Arrays.stream(mean)
                                .map(value -> value + spread * (level.value() - 0.5))
                                .toArray())
                        .toArray(double[][]::new));
    }

    private static Forecast flat(
            double mean, int horizon, List<QuantileLevel> levels, java.util.function.DoubleUnaryOperator quantile) {
        double[][] quantiles = levels.stream()
                .map(level -> repeated(quantile.applyAsDouble(level.value()), horizon))
                .toArray(double[][]::new);
        return new Forecast(repeated(mean, horizon), levels, quantiles);
    }

    private static double[] repeated(double value, int times) {
        return IntStream.range(0, times).mapToDouble(_ -> value).toArray();
    }

    private static double defined(@Nullable Double value) {
        assertThat(value).isNotNull();
        return value == null ? Double.NaN : value;
    }

    private static void assertMeasures(Measures actual, Measures expected) {
        SoftAssertions.assertSoftly(softly -> softly.assertThat(actual)
                .usingRecursiveComparison()
                .withComparatorForType((a, b) -> Math.abs(a - b) <= 1e-6 ? 0 : Double.compare(a, b), Double.class)
                .isEqualTo(expected));
    }
}
