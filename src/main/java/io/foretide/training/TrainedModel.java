package io.foretide.training;

import io.foretide.evaluation.Forecaster;
import io.foretide.network.EpochLoss;
import io.foretide.network.Predictor;
import io.foretide.network.Settings;
import io.foretide.network.Smoothing;
import io.foretide.network.StopReason;
import io.foretide.network.TrainedMember;
import java.util.List;

/**
 * A model that was trained and is not published yet.
 *
 * @param forecaster the model, ready to forecast
 * @param artifact the same as bytes, to be kept
 * @param method how it forecasts
 * @param history how the training went
 */
record TrainedModel(Forecaster forecaster, byte[] artifact, Method method, History history) {
    /**
     * How a model forecasts.
     *
     * @param settings what it was trained with
     * @param smoothing how level, profile and scale follow a series, chosen for the data
     * @param networkShare how much of what the network adds to the anchor counts
     */
    record Method(Settings settings, Smoothing smoothing, double networkShare) {
        static Method of(Predictor predictor) {
            return new Method(predictor.settings(), predictor.smoothing(), predictor.networkShare());
        }
    }

    /**
     * How a training went.
     *
     * @param chosen the settings that the client left open, as {@code section.field}
     * @param losses one entry an epoch, counted through all members
     * @param members how the training of each went
     */
    record History(List<String> chosen, List<EpochLoss> losses, List<TrainedMember> members, StopReason stoppedBy) {}
}
