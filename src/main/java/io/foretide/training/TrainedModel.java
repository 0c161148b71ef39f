package io.foretide.training;

import io.foretide.evaluation.Forecaster;
import io.foretide.network.EpochLoss;
import io.foretide.network.Settings;
import io.foretide.network.Smoothing;
import io.foretide.network.StopReason;
import java.util.List;

/**
 * A model that was trained and is not published yet.
 *
 * @param forecaster the model, ready to forecast
 * @param artifact the same as bytes, to be kept
 * @param settings what it was trained with
 * @param smoothing how level, profile and scale follow a series, chosen for the data
 * @param history how the training went
 */
record TrainedModel(Forecaster forecaster, byte[] artifact, Settings settings, Smoothing smoothing, History history) {
    /**
     * How a training went.
     *
     * @param chosen the settings that the client left open, as {@code section.field}
     * @param losses one entry an epoch
     * @param bestEpoch the epoch whose parameters were kept
     */
    record History(List<String> chosen, List<EpochLoss> losses, int bestEpoch, StopReason stoppedBy) {}
}
