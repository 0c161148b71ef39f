package io.foretide.prediction;

import io.foretide.evaluation.BacktestReport;
import io.foretide.evaluation.BacktestReport.StepMeasures;
import io.foretide.evaluation.Measures;
import java.util.List;

/**
 * A backtest as clients receive it: the version, what {@link BacktestReport} counts, and the measures over all steps and at
 * each step of the horizon.
 */
record BacktestAnswer(
        String model,
        int version,
        String task,
        int windows,
        int skipped,
        int unscaled,
        int seenInTraining,
        int seasonLength,
        Overall overall,
        List<StepMeasures> perHorizon) {

    /** The measures over all steps. */
    record Overall(Measures model, Measures naive, Measures seasonalNaive) {}

    static BacktestAnswer of(ServedModel model, BacktestReport report) {
        return new BacktestAnswer(
                model.name(),
                model.version(),
                model.task(),
                report.windows(),
                report.skipped(),
                report.unscaled(),
                report.seenInTraining(),
                report.seasonLength(),
                new Overall(report.model(), report.naive(), report.seasonalNaive()),
                report.perHorizon());
    }
}
