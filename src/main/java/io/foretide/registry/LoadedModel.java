package io.foretide.registry;

import io.foretide.classification.Classifier;
import io.foretide.generation.LanguageModel;
import io.foretide.network.Predictor;

/** A version and the model read from its artifact. */
public record LoadedModel(ModelVersion version, Model model) {
    /** What forecasts, of a version of that task. */
    public Predictor predictor() {
        return switch (model) {
            case Model.Forecasting(Predictor predictor) -> predictor;
            case Model.Classifying _, Model.Generating _ -> throw isOfAnotherTask();
        };
    }

    /** What labels sequences, of a version of that task. */
    public Classifier classifier() {
        return switch (model) {
            case Model.Classifying(Classifier classifier) -> classifier;
            case Model.Forecasting _, Model.Generating _ -> throw isOfAnotherTask();
        };
    }

    /** What writes, of a version of that task. */
    public LanguageModel languageModel() {
        return switch (model) {
            case Model.Generating(LanguageModel languageModel) -> languageModel;
            case Model.Forecasting _, Model.Classifying _ -> throw isOfAnotherTask();
        };
    }

    private IllegalStateException isOfAnotherTask() {
        return new IllegalStateException(version.reference() + " is of the task " + model.task());
    }
}
