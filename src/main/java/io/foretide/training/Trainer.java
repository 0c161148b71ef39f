package io.foretide.training;

import io.foretide.network.Predictor;
import io.foretide.network.TrainingMonitor;
import io.foretide.series.TimeSeries;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a model that forecasts of series, from the parameters of a parent or from none. */
interface Trainer {
    /** Throws the problem of a training that cannot succeed, as far as it shows without training. */
    void check(List<TimeSeries> series, JobSettings settings, @Nullable Predictor parent);

    /** Trains until done, or until the monitor cancels. */
    TrainedModel train(
            List<TimeSeries> series, JobSettings settings, @Nullable Predictor parent, TrainingMonitor monitor);
}
