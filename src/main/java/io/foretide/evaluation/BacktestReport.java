package io.foretide.evaluation;

import java.util.List;

/**
 * The measures of a model beside those of the forecasts that it has to beat, on the same windows.
 *
 * @param windows the windows that were scored
 * @param skipped the windows that were asked for and not scored: the series is too short for them, or nothing is observed
 *     before or after the origin
 * @param unscaled the windows that MASE leaves out, because their context never changes or is too short to tell
 * @param seenInTraining the windows whose values the training of the model has seen; their measures flatter
 * @param seasonLength the lag of MASE's unit and of the seasonal-naive forecast
 * @param model the measures over all steps
 * @param naive the same for the last value, repeated
 * @param seasonalNaive the same for the last season, repeated
 * @param perHorizon the same at each step of the horizon
 */
public record BacktestReport(
        int windows,
        int skipped,
        int unscaled,
        int seenInTraining,
        int seasonLength,
        Measures model,
        Measures naive,
        Measures seasonalNaive,
        List<StepMeasures> perHorizon) {
    public BacktestReport {
        perHorizon = List.copyOf(perHorizon);
    }

    /** The measures at one step of the horizon, counted from 1. */
    public record StepMeasures(int step, Measures model, Measures naive, Measures seasonalNaive) {}
}
