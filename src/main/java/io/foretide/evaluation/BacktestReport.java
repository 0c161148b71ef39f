package io.foretide.evaluation;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The measures of a model beside those of the forecasts that it has to beat, on the same windows.
 *
 * @param windows the windows that were scored
 * @param skipped the windows that were asked for and not scored: the series is too short for them, or nothing is observed
 *     before or after the origin
 * @param unscaled the windows that MASE leaves out, because their context never changes or is too short to tell
 * @param seenInTraining the windows whose values the training of the model has seen; their measures flatter
 * @param seasonLength the lag of MASE's unit, and the season of the simple forecasts
 * @param model the measures over all steps
 * @param baselines the same for each of the simple forecasts
 * @param perHorizon the same at each step of the horizon
 */
public record BacktestReport(
        int windows,
        int skipped,
        int unscaled,
        int seenInTraining,
        int seasonLength,
        Measures model,
        Map<Baseline, Measures> baselines,
        List<StepMeasures> perHorizon) {
    public BacktestReport {
        baselines = Map.copyOf(baselines);
        perHorizon = List.copyOf(perHorizon);
    }

    /** The measures of one of the simple forecasts over all steps. */
    public Measures baseline(Baseline baseline) {
        return measured(baselines, baseline);
    }

    /** The measures at one step of the horizon, counted from 1. */
    public record StepMeasures(int step, Measures model, Map<Baseline, Measures> baselines) {
        public StepMeasures {
            baselines = Map.copyOf(baselines);
        }

        /** The measures of one of the simple forecasts at this step. */
        public Measures baseline(Baseline baseline) {
            return measured(baselines, baseline);
        }
    }

    private static Measures measured(Map<Baseline, Measures> baselines, Baseline baseline) {
        return Objects.requireNonNull(baselines.get(baseline), baseline::wireName);
    }
}
