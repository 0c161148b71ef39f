package io.foretide.prediction;

import io.foretide.evaluation.Forecaster;
import io.foretide.evaluation.WindowFilter;
import io.foretide.network.Features;
import io.foretide.network.ForecastSettings;
import io.foretide.network.ModelInputs;
import io.foretide.series.Frequency;
import org.jspecify.annotations.Nullable;

/**
 * A version that is loaded, and all that a prediction needs to know of it.
 *
 * @param features what the network reads beside the target
 * @param frequency the spacing of the steps that it was trained on; absent where the training data had no times
 * @param parameters how many the network has: a step multiplies by each of them once
 * @param forecaster the walk over a context
 * @param seen which windows its training has seen
 */
record ServedModel(
        String name,
        int version,
        String task,
        ForecastSettings settings,
        Features features,
        @Nullable Frequency frequency,
        long parameters,
        Forecaster forecaster,
        WindowFilter seen) {
    static final String FORECAST = "forecast";

    ModelInputs inputs() {
        return new ModelInputs(name + " version " + version, settings.loss(), features, frequency);
    }
}
