package io.foretide.prediction;

import io.foretide.evaluation.BacktestReport;
import io.foretide.evaluation.BacktestReport.StepMeasures;
import io.foretide.evaluation.Baseline;
import io.foretide.evaluation.Measures;
import io.foretide.registry.Task;
import java.util.List;

/**
 * A backtest of forecasts: the version, what {@link BacktestReport} counts, and the measures over all steps and at
 * each step of the horizon.
 */
record ForecastBacktest(
        String model,
        int version,
        Task task,
        int windows,
        int skipped,
        int unscaled,
        int seenInTraining,
        int seasonLength,
        Overall overall,
        List<Step> perHorizon)
        implements BacktestAnswer {

    /** The measures over all steps. */
    record Overall(
            Measures model, Measures naive, Measures seasonalNaive, Measures drift, Measures ses, Measures theta) {
        private static Overall of(BacktestReport report) {
            return new Overall(
                    report.model(),
                    report.baseline(Baseline.NAIVE),
                    report.baseline(Baseline.SEASONAL_NAIVE),
                    report.baseline(Baseline.DRIFT),
                    report.baseline(Baseline.SES),
                    report.baseline(Baseline.THETA));
        }
    }

    /** The measures at one step of the horizon, counted from 1. */
    record Step(
            int step,
            Measures model,
            Measures naive,
            Measures seasonalNaive,
            Measures drift,
            Measures ses,
            Measures theta) {
        private static Step of(StepMeasures at) {
            return new Step(
                    at.step(),
                    at.model(),
                    at.baseline(Baseline.NAIVE),
                    at.baseline(Baseline.SEASONAL_NAIVE),
                    at.baseline(Baseline.DRIFT),
                    at.baseline(Baseline.SES),
                    at.baseline(Baseline.THETA));
        }
    }

    static ForecastBacktest of(ServedForecaster model, BacktestReport report) {
        return new ForecastBacktest(
                model.name(),
                model.version(),
                model.task(),
                report.windows(),
                report.skipped(),
                report.unscaled(),
                report.seenInTraining(),
                report.seasonLength(),
                Overall.of(report),
                report.perHorizon().stream().map(Step::of).toList());
    }
}
