package io.foretide.training;

import io.foretide.evaluation.Forecaster;
import io.foretide.evaluation.WindowFilter;
import io.foretide.network.Predictor;
import io.foretide.network.Settings;
import io.foretide.network.Smoothing;

/**
 * A model that forecasts, trained and not measured yet.
 *
 * @param forecaster the model, ready to forecast
 * @param unseen the windows that neither its training saw nor those that it continues from
 * @param artifact the same as bytes, to be kept
 * @param method how it forecasts
 * @param history how the training went
 */
record TrainedModel(
        Forecaster forecaster, WindowFilter unseen, byte[] artifact, Method method, TrainingHistory history) {
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
}
