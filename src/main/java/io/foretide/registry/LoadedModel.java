package io.foretide.registry;

import io.foretide.network.Predictor;

/** A version and the model read from its artifact. */
public record LoadedModel(ModelVersion version, Model model) {
    /** What forecasts, of a version of that task. */
    public Predictor predictor() {
        return switch (model) {
            case Model.Forecasting(Predictor predictor) -> predictor;
        };
    }
}
