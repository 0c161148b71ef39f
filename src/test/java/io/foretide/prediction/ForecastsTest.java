package io.foretide.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.foretide.network.CalendarCycle;
import io.foretide.network.Features;
import io.foretide.network.Loss;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemException.Place;
import io.foretide.problem.ProblemType;
import io.foretide.registry.Task;
import io.foretide.series.Covariates;
import io.foretide.series.Frequency;
import io.foretide.series.QuantileLevel;
import io.foretide.series.TimeSeries;
import io.foretide.series.TimeStyle;
import io.foretide.series.Timeline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForecastsTest {
    private static final PredictionProperties LIMITS =
            new PredictionProperties(100, 5, 1000, 10, 2000, 100, 1000, 10, 100_000);
    private static final PredictRequest DEFAULTS = new PredictRequest(null, null);
    private static final BacktestRequest BACKTEST_DEFAULTS = new BacktestRequest(null, null, null, null);

    private static final Features FEATURES = new Features(
            List.of(new Features.Measured("temp", 0, 1, true)),
            List.of(new Features.Measured("price", 0, 1, true)),
            List.of(new Features.Category("store", List.of("north"))),
            List.of());

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FakeModels models = new FakeModels();
    private final Forecasts forecasts = new Forecasts(new RequestChecks(LIMITS), new PredictionMetrics(meters));

    private static TimeSeries series(String itemId, double... target) {
        return new TimeSeries(itemId, null, target, Covariates.NONE);
    }

    private static TimeSeries monthly(String itemId, double... target) {
        var start = ZonedDateTime.of(2020, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
        return new TimeSeries(
                itemId, new Timeline(start, Frequency.parse("M"), TimeStyle.DATE), target, Covariates.NONE);
    }

    private static TimeSeries counting(int length) {
        return series("counting", IntStream.range(0, length).asDoubleStream().toArray());
    }

    private ForecastAnswer predict(
            @Nullable Integer horizon, @Nullable List<QuantileLevel> levels, TimeSeries... series) {
        return forecasts.predict(
                models.load(FakeModels.NAME), List.of(series), new PredictRequest(horizon, levels), _ -> {});
    }

    @Test
    void forecastsEachSeriesInTheOrderSent() {
        var answer = predict(2, null, series("b", 1, 2, 5), series("a", 7));

        assertThat(answer.model()).isEqualTo("air");
        assertThat(answer.version()).isEqualTo(4);
        assertThat(answer.task()).isEqualTo(Task.FORECAST);
        assertThat(answer.forecasts())
                .extracting(ForecastAnswer.ItemForecast::itemId)
                .containsExactly("b", "a");
        assertThat(answer.forecasts().get(0).mean()).containsExactly(5, 5);
        assertThat(answer.forecasts().get(1).mean()).containsExactly(7, 7);
    }

    @Test
    void takesHorizonAndLevelsOfTheModelWhereNoneAreAskedFor() {
        var forecast = predict(null, null, series("a", 1, 2)).forecasts().getFirst();

        assertThat(forecast.mean()).hasSize(FakeModels.HORIZON);
        assertThat(forecast.quantiles()).containsOnlyKeys("0.2", "0.8");
    }

    @Test
    void takesCommonLevelsOfAModelThatWasTrainedWithoutAny() {
        models.trainedAt(List.of());

        assertThat(predict(1, null, series("a", 1, 2)).forecasts().getFirst().quantiles())
                .containsOnlyKeys("0.1", "0.5", "0.9");
    }

    @Test
    void ordersLevelsAndLeavesOutRepeatedOnes() {
        var answer = predict(1, FakeModels.levels(0.9, 0.1, 0.9, 0.5), series("a", 1, 2));

        assertThat(answer.forecasts().getFirst().quantiles().keySet()).containsExactly("0.1", "0.5", "0.9");
    }

    @Test
    void namesTheTimeOfTheStepAfterTheLastOne() {
        var forecasts = predict(1, null, monthly("timed", 1, 2, 3), series("untimed", 1))
                .forecasts();

        assertThat(forecasts.get(0).start()).isEqualTo("2020-04-01");
        assertThat(forecasts.get(0).freq()).isEqualTo("M");
        assertThat(forecasts.get(1).start()).isNull();
        assertThat(forecasts.get(1).freq()).isNull();
    }

    @Test
    void refusesSeriesWithoutObservations() {
        var problem = assertProblem(
                () -> predict(1, null, series("a", 1), series("gone", Double.NaN, Double.NaN)),
                ProblemType.NOT_ENOUGH_DATA,
                "/series/1/target");

        assertThat(problem.detail()).contains("\"gone\"");
        assertProblem(() -> predict(1, null, series("a")), ProblemType.NOT_ENOUGH_DATA, "/series/0/target");
    }

    @Test
    void refusesCovariatesThatTheModelDoesNotUse() {
        var covariates = new Covariates(Map.of(), Map.of("promo", new double[] {1, 2}), Map.of());

        models.reading(FEATURES);

        var problem = assertProblem(
                () -> predict(1, null, new TimeSeries("a", null, new double[] {1}, covariates)),
                ProblemType.NOT_SUPPORTED,
                "/series/0/future/promo");

        assertThat(problem.detail()).contains("\"promo\"", "target, past.temp, future.price, static.store");
    }

    @Test
    void takesSeriesWithoutTheCovariatesOfTheModel() {
        models.reading(FEATURES);

        assertThat(predict(1, null, series("a", 1)).forecasts()).hasSize(1);
    }

    @Test
    void needsWhatIsKnownAheadForTheTrainedHorizon() {
        models.reading(FEATURES);
        var short1 = priced(1 + FakeModels.HORIZON - 1);
        var enough = priced(1 + FakeModels.HORIZON);

        var problem =
                assertProblem(() -> predict(null, null, short1), ProblemType.INVALID_SERIES, "/series/0/future/price");

        assertThat(problem.detail()).contains("\"price\"", "has 3 values, and 4 are needed");
        assertThat(predict(2, null, short1).forecasts()).hasSize(1);
        assertThat(predict(20, null, enough).forecasts()).hasSize(1);
    }

    private static TimeSeries priced(int values) {
        var covariates = new Covariates(Map.of(), Map.of("price", new double[values]), Map.of("store", "moon"));
        return new TimeSeries("a", null, new double[] {1}, covariates);
    }

    @Test
    void needsTimesWhereTheModelReadsTheCalendar() {
        models.reading(new Features(List.of(), List.of(), List.of(), List.of(CalendarCycle.YEAR)));

        assertProblem(() -> predict(1, null, series("a", 1)), ProblemType.INVALID_SERIES, "/series/0");
        assertThat(predict(1, null, monthly("a", 1)).forecasts()).hasSize(1);
    }

    @Test
    void refusesStepsOfAnotherLengthThanTheTrainedOnes() {
        models.trainedOn("D");

        var problem =
                assertProblem(() -> predict(1, null, monthly("a", 1)), ProblemType.NOT_SUPPORTED, "/series/0/freq");

        assertThat(problem.detail()).contains("D", "M", "\"a\"");
    }

    @Test
    void takesStepsOfTheTrainedLengthHoweverSpelled() {
        models.trainedOn("P1M");

        assertThat(predict(1, null, monthly("a", 1)).forecasts()).hasSize(1);
        assertThat(predict(1, null, series("untimed", 1)).forecasts()).hasSize(1);
    }

    @Test
    void refusesMoreThanTheLimitsAllow() {
        var one = series("a", 1);

        assertLimit(() -> predict(101, null, one), "/horizon", 100L);
        assertLimit(() -> predict(1, FakeModels.levels(0.1, 0.2, 0.3, 0.4, 0.5, 0.6), one), "/quantiles", 5L);
        assertLimit(() -> predict(100, FakeModels.levels(0.1, 0.2), one, one, one, one), "/series", 1000L);
        assertThat(predict(100, FakeModels.levels(0.1), one, one, one, one, one).forecasts())
                .hasSize(5);
    }

    @Test
    void refusesWhatWouldTakeTooLong() {
        assertLimit(() -> predict(1, null, series("a", new double[10_000])), "/series", 100_000L);
        assertThat(predict(1, null, series("a", new double[9_999])).forecasts()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 0.5, -0.1, 1e-300})
    void refusesValuesThatAreNoCountsWhereCountsWereLearned(double value) {
        models.trainedWith(Loss.NEGATIVE_BINOMIAL);

        var problem = assertProblem(
                () -> predict(1, null, series("a", 1, Double.NaN, 0, value)),
                ProblemType.INVALID_SERIES,
                "/series/0/target/3");

        assertThat(problem.detail()).contains("negative_binomial", String.valueOf(value));
        assertThat(predict(1, null, series("a", 1, Double.NaN, 0)).forecasts()).hasSize(1);
    }

    @Test
    void tellsHowManyNumbersAnAnswerWillHoldBeforeItIsMade() {
        List<Long> told = new ArrayList<>();

        forecasts.predict(
                models.load(FakeModels.NAME),
                List.of(series("a", 1), series("b", 1)),
                new PredictRequest(5, FakeModels.levels(0.1, 0.5)),
                told::add);

        assertThat(told).containsExactly(30L);
    }

    @Test
    void refusesARequestWithoutSeries() {
        assertProblem(() -> predict(1, null), ProblemType.INVALID_REQUEST, "/series");
    }

    @Test
    void backtestsOnThreeWindowsAHorizonApart() {
        var answer = forecasts.backtest(models.load(FakeModels.NAME), List.of(counting(30)), BACKTEST_DEFAULTS);

        assertThat(answer.model()).isEqualTo("air");
        assertThat(answer.windows()).isEqualTo(3);
        assertThat(answer.seasonLength()).isEqualTo(12);
        assertThat(answer.perHorizon()).hasSize(FakeModels.HORIZON);
        assertThat(answer.overall().model()).isEqualTo(answer.overall().naive());
        var steps = meters.get("foretide.steps").tags("operation", "backtest", "task", "forecast");
        assertThat(steps.counter().count()).isEqualTo(27 + 24 + 21);
    }

    @Test
    void saysHowManyWindowsTrainingHasSeen() {
        models.havingSeen((_, origin) -> origin < 25);

        var answer = forecasts.backtest(models.load(FakeModels.NAME), List.of(counting(30)), BACKTEST_DEFAULTS);

        assertThat(answer.seenInTraining()).isEqualTo(2);
    }

    @Test
    void refusesABacktestThatNoSeriesIsLongEnoughFor() {
        var problem = assertProblem(
                () -> forecasts.backtest(models.load(FakeModels.NAME), List.of(counting(6)), BACKTEST_DEFAULTS),
                ProblemType.NOT_ENOUGH_DATA,
                "/series");

        assertThat(problem.members()).containsEntry("required", 7L);
    }

    @Test
    void refusesABacktestThatWouldWalkForTooLong() {
        assertLimit(() -> backtest(11, 1, counting(30)), "/windows", 10L);
        assertLimit(() -> backtest(10, 1, counting(250)), "/windows", 2000L);
        assertThat(backtest(10, 50, counting(250)).skipped()).isEqualTo(5);
    }

    private ForecastBacktest backtest(int windows, int stride, TimeSeries series) {
        return forecasts.backtest(
                models.load(FakeModels.NAME), List.of(series), new BacktestRequest(windows, stride, null, null));
    }

    private static void assertLimit(ThrowingCallable call, String pointer, long limit) {
        var problem = assertProblem(call, ProblemType.LIMIT_EXCEEDED, pointer);
        assertThat(problem.members()).containsEntry("limit", limit);
        assertThat(problem.detail()).contains(Long.toString(limit));
    }

    private static ProblemException assertProblem(ThrowingCallable call, ProblemType type, @Nullable String pointer) {
        var problem = catchThrowableOfType(ProblemException.class, call);
        assertThat(problem.type()).isEqualTo(type);
        assertThat(problem.places())
                .extracting(Place::pointer)
                .isEqualTo(pointer == null ? List.of() : List.of(pointer));
        return problem;
    }
}
