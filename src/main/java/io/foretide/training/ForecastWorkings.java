package io.foretide.training;

import io.foretide.network.Settings;
import io.foretide.network.Smoothing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a version forecasts.
 *
 * @param frequency the spacing of the steps that it was trained on
 * @param settings what it was trained with
 * @param smoothing how level, profile and scale follow a series, chosen for the data
 * @param networkShare how much of what the network adds to the anchor counts, learned on held-out values: 1 is all of it, 0 says
 *     that the anchor alone forecast as well
 */
record ForecastWorkings(
        @Nullable String frequency,
        int horizon,
        List<String> features,
        Settings settings,
        Smoothing smoothing,
        double networkShare)
        implements Workings {
    static ForecastWorkings of(ForecastRecord record, TrainedModel.Method method) {
        return new ForecastWorkings(
                record.frequency(),
                method.settings().forecast().horizon(),
                record.features(),
                method.settings(),
                method.smoothing(),
                method.networkShare());
    }

    @Override
    public long drawnFrom() {
        return settings.training().seed();
    }
}
