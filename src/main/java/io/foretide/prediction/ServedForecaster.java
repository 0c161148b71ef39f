package io.foretide.prediction;

import io.foretide.evaluation.Forecaster;
import io.foretide.evaluation.WindowFilter;
import io.foretide.network.Features;
import io.foretide.network.ForecastSettings;
import io.foretide.network.ModelInputs;
import io.foretide.registry.Task;
import io.foretide.series.Frequency;
import org.jspecify.annotations.Nullable;

/**
 * A version that forecasts.
 *
 * @param features what the network reads beside the target
 * @param frequency the spacing of the steps that it was trained on; absent where the training data had no times
 * @param parameters how many the network has: a step multiplies by each of them once
 * @param forecaster the walk over a context
 * @param seen which windows its training has seen
 */
record ServedForecaster(
        String name,
        int version,
        ForecastSettings settings,
        Features features,
        @Nullable Frequency frequency,
        long parameters,
        Forecaster forecaster,
        WindowFilter seen)
        implements ServedModel {
    @Override
    public Task task() {
        return Task.FORECAST;
    }

    ModelInputs inputs() {
        return new ModelInputs(name + " version " + version, settings.loss(), features, frequency);
    }
}
