package io.foretide.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.foretide.evaluation.Backtest.HeldOut;
import io.foretide.evaluation.Backtest.Plan;
import io.foretide.network.Artifact;
import io.foretide.network.TestNetworks;
import io.foretide.series.Covariates;
import io.foretide.series.Forecast;
import io.foretide.series.TimeSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BacktestTest {
    private final List<Integer> origins = new ArrayList<>();
    private final Forecaster recording = (context, horizon, levels) -> {
        origins.add(context.length());
        return SeasonalNaiveForecaster.NAIVE.forecast(context, horizon, levels);
    };

    private static TimeSeries counting(int length) {
        return SampleSeries.of(
                "counting", IntStream.range(0, length).asDoubleStream().toArray());
    }

    @Test
    void cutsAStrideEarlierEachTime() {
        var report = Backtest.run(recording, List.of(counting(30)), new Plan(4, 3, 5, 1), WindowFilter.NONE);

        assertThat(origins).containsExactly(26, 21, 16);
        assertThat(report.windows()).isEqualTo(3);
        assertThat(report.skipped()).isZero();
    }

    @Test
    void skipsAndCountsWindowsWithoutAContextLongerThanTheHorizon() {
        var report =
                Backtest.run(recording, List.of(counting(13), counting(8)), new Plan(4, 3, 4, 1), WindowFilter.NONE);

        assertThat(origins).containsExactly(9, 5);
        assertThat(report.windows()).isEqualTo(2);
        assertThat(report.skipped()).isEqualTo(4);
    }

    @Test
    void showsNoForecasterWhatItIsToForecast() {
        Forecaster watching = (context, horizon, levels) -> {
            assertThat(context.target())
                    .containsExactly(counting(context.length()).target());
            return recording.forecast(context, horizon, levels);
        };

        Backtest.run(watching, List.of(counting(30)), new Plan(4, 3, 5, 1), WindowFilter.NONE);

        assertThat(origins).hasSize(3);
    }

    private static TimeSeries withCovariates(double[] temperatures, double[] promotions) {
        var covariates =
                new Covariates(Map.of("temp", temperatures), Map.of("promo", promotions), Map.of("store", "north"));
        double[] target = counting(30).target();
        return new TimeSeries("a", null, target, covariates);
    }

    @Test
    void showsWhatIsKnownAheadForTheHorizonAndNothingElseOfTheFuture() {
        Forecaster watching = (context, horizon, levels) -> {
            assertThat(context.covariates().past().get("temp")).hasSize(context.length());
            assertThat(context.covariates().future().get("promo")).hasSize(context.length() + 4);
            assertThat(context.covariates().fixed()).containsEntry("store", "north");
            return recording.forecast(context, horizon, levels);
        };

        Backtest.run(
                watching,
                List.of(withCovariates(new double[30], new double[40])),
                new Plan(4, 3, 5, 1),
                WindowFilter.NONE);

        assertThat(origins).hasSize(3);
    }

    @Test
    void noForecastDependsOnWhatIsNotKnownAtItsOrigin() {
        double[] temperatures = new double[30], promotions = new double[40];
        temperatures[26] = 9;
        promotions[30] = 9;
        var same = backtest(withCovariates(new double[30], new double[40]));

        assertThat(backtest(withCovariates(temperatures, promotions))).isEqualTo(same);
        temperatures[25] = 9;
        assertThat(backtest(withCovariates(temperatures, promotions))).isNotEqualTo(same);
        promotions[29] = 9;
        assertThat(backtest(withCovariates(new double[30], promotions))).isNotEqualTo(same);
    }

    private static Measures backtest(TimeSeries series) {
        var network = new NetworkForecaster(Artifact.read(TestNetworks.artifactWithCovariates(3)));
        return Backtest.run(network, List.of(series), new Plan(4, 1, 4, 1), WindowFilter.NONE)
                .model();
    }

    @Test
    void skipsWindowsWhereNothingIsObserved() {
        var emptyEnd = counting(20);
        var emptyStart = counting(20);
        java.util.Arrays.fill(emptyEnd.target(), 16, 20, Double.NaN);
        java.util.Arrays.fill(emptyStart.target(), 0, 16, Double.NaN);

        var report = Backtest.run(recording, List.of(emptyEnd, emptyStart), new Plan(4, 1, 4, 1), WindowFilter.NONE);

        assertThat(origins).isEmpty();
        assertThat(report.windows()).isZero();
        assertThat(report.skipped()).isEqualTo(2);
        assertThat(report.model())
                .isEqualTo(new Measures(0, null, null, null, null, null, null, null, null, null, null));
    }

    @Test
    void countsTheWindowsThatTrainingHasSeen() {
        var report = Backtest.run(recording, List.of(counting(30)), new Plan(4, 3, 5, 1), (_, origin) -> origin < 22);

        assertThat(report.seenInTraining()).isEqualTo(2);
        assertThat(report.windows()).isEqualTo(3);
    }

    @Test
    void scoresTheHeldOutEndOfEachSeries() {
        var plan = new HeldOut(4, 10, 1, one -> one.length() - 9);

        var report = Backtest.heldOut(recording, List.of(counting(30), counting(50)), plan);

        assertThat(origins).containsExactly(26, 22, 46, 42);
        assertThat(report.windows()).isEqualTo(4);
        assertThat(report.seenInTraining()).isZero();
    }

    @Test
    void scoresTheLastOfManyHeldOutWindows() {
        Backtest.heldOut(recording, List.of(counting(30)), new HeldOut(4, 2, 1, _ -> 5));

        assertThat(origins).containsExactly(26, 22);
    }

    @Test
    void skipsSeriesOfWhichNothingIsHeldOut() {
        var report = Backtest.heldOut(recording, List.of(counting(30)), new HeldOut(4, 2, 1, TimeSeries::length));

        assertThat(report.windows()).isZero();
        assertThat(report.skipped()).isEqualTo(1);
    }

    @Test
    void comparesForecastersOnTheWindowsThatTheFilterLeaves() {
        Forecaster perfect = (context, horizon, levels) -> {
            origins.add(context.length());
            double[] truth = IntStream.range(context.length(), context.length() + horizon)
                    .asDoubleStream()
                    .toArray();
            return new Forecast(truth, levels, levels.stream().map(_ -> truth).toArray(double[][]::new));
        };
        var plan = new HeldOut(4, 10, 1, _ -> 10, (_, origin) -> origin >= 20);

        var comparison = Backtest.compare(perfect, recording, List.of(counting(30)), plan);

        assertThat(origins).containsExactly(26, 22, 26, 22);
        assertThat(comparison.items()).isEqualTo(2);
        assertThat(comparison.challenger()).isZero();
        assertThat(comparison.champion()).isPositive();
        assertThat(comparison.challengerIsBetter()).isTrue();
    }

    @Test
    void findsNobodyBetterWhereNoWindowIsLeft() {
        var plan = new HeldOut(4, 10, 1, _ -> 10, WindowFilter.NONE);

        var comparison = Backtest.compare(recording, recording, List.of(counting(30)), plan);

        assertThat(comparison.items()).isZero();
        assertThat(comparison.challengerIsBetter()).isFalse();
    }

    @Test
    void refusesForecastsOfAnotherShape() {
        Forecaster tooShort = (context, _, levels) -> SeasonalNaiveForecaster.NAIVE.forecast(context, 1, levels);

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Backtest.run(tooShort, List.of(counting(30)), new Plan(4, 1, 1, 1), WindowFilter.NONE));
    }
}
