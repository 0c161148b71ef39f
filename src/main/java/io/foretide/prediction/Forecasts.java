package io.foretide.prediction;

import io.foretide.evaluation.Backtest;
import io.foretide.evaluation.BacktestReport;
import io.foretide.evaluation.Forecaster;
import io.foretide.prediction.ForecastAnswer.ItemForecast;
import io.foretide.prediction.PredictionMetrics.Operation;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.series.Forecast;
import io.foretide.series.QuantileLevel;
import io.foretide.series.SeriesForecast;
import io.foretide.series.TimeSeries;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Forecasts and backtests of versions that forecast: each series is walked from a fresh state. */
@Component
final class Forecasts {
    private final RequestChecks checks;
    private final PredictionMetrics metrics;

    Forecasts(RequestChecks checks, PredictionMetrics metrics) {
        this.checks = checks;
        this.metrics = metrics;
    }

    /**
     * The forecast of each series, in their order.
     *
     * @param answer told before it is made how many numbers the answer will hold
     */
    ForecastAnswer predict(
            ServedForecaster model, List<TimeSeries> series, PredictRequest request, LongConsumer answer) {
        checks.requireAnswerable(model, series);
        checks.requireObserved(series);
        int horizon = orElse(request.horizon(), model.settings().horizon());
        List<QuantileLevel> levels = model.settings().levels(request.quantiles());
        checks.requireHorizon(horizon);
        checks.requireKnownAhead(model, series, horizon);
        checks.requireLevels(levels);
        long numbers = checks.requireAnswerSize(series.size(), horizon, levels.size());
        checks.requireWork(model, steps(series) + (long) series.size() * horizon);
        answer.accept(numbers);

        var forecaster = counted(model, Operation.PREDICT);
        List<Forecast> forecasts =
                metrics.time(model, Operation.PREDICT, () -> forecaster.forecastAll(series, horizon, levels));
        List<ItemForecast> items = IntStream.range(0, series.size())
                .mapToObj(i -> new ItemForecast(new SeriesForecast(series.get(i), forecasts.get(i))))
                .toList();
        return new ForecastAnswer(model.name(), model.version(), model.task(), levels, items);
    }

    /** How well the model would have forecast the ends of the series from what came before them. */
    ForecastBacktest backtest(ServedForecaster model, List<TimeSeries> series, BacktestRequest request) {
        checks.requireAnswerable(model, series);
        int horizon = orElse(request.horizon(), model.settings().horizon());
        int windows = orElse(request.windows(), BacktestRequest.DEFAULT_WINDOWS);
        int stride = orElse(request.stride(), horizon);
        int seasonLength = orElse(request.seasonLength(), model.settings().seasonLength());
        checks.requireHorizon(horizon);
        checks.requireWindows(windows);
        var plan = new Backtest.Plan(horizon, windows, stride, seasonLength);
        checks.requireWork(model, checks.requireSteps(series, plan));

        var forecaster = counted(model, Operation.BACKTEST);
        BacktestReport report =
                metrics.time(model, Operation.BACKTEST, () -> Backtest.run(forecaster, series, plan, model.seen()));
        requireWindow(report, horizon);
        return ForecastBacktest.of(model, report);
    }

    private static long steps(List<TimeSeries> series) {
        return series.stream().mapToLong(TimeSeries::length).sum();
    }

    private Forecaster counted(ServedForecaster model, Operation operation) {
        var steps = metrics.steps(model, operation);
        return model.forecaster().after(contexts -> steps.increment(steps(contexts)));
    }

    private static void requireWindow(BacktestReport report, int horizon) {
        if (report.windows() == 0) {
            throw new ProblemException(
                            ProblemType.NOT_ENOUGH_DATA,
                            "No series is long enough for a window: a horizon of %d steps needs series of at least %d, with observed values in the context and in the horizon. Send longer series, or ask for a shorter horizon."
                                    .formatted(horizon, 2L * horizon + 1))
                    .with("required", 2L * horizon + 1)
                    .at("/series");
        }
    }

    private static int orElse(@Nullable Integer asked, int otherwise) {
        return asked != null ? asked : otherwise;
    }
}
