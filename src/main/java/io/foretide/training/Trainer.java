package io.foretide.training;

import io.foretide.network.TrainingMonitor;
import io.foretide.series.TimeSeries;
import java.util.List;

/** Makes a model of series. */
interface Trainer {
    /** Throws the problem of a training that cannot succeed, as far as it shows without training. */
    void check(List<TimeSeries> series, JobSettings settings);

    /** Trains until done, or until the monitor cancels. */
    TrainedModel train(List<TimeSeries> series, JobSettings settings, TrainingMonitor monitor);
}
