package io.foretide.prediction;

import io.foretide.classification.Classifier;
import io.foretide.evaluation.NetworkForecaster;
import io.foretide.generation.LanguageModel;
import io.foretide.network.Predictor;
import io.foretide.registry.LoadedModel;
import io.foretide.registry.Model;
import io.foretide.registry.ModelReference;
import io.foretide.registry.ModelRegistry;
import io.foretide.registry.ModelVersion;
import io.foretide.series.Frequency;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Models as the registry keeps them. */
@Component
final class RegistryModels implements ModelSource {
    private final ModelRegistry registry;

    RegistryModels(ModelRegistry registry) {
        this.registry = registry;
    }

    @Override
    public ServedModel load(String reference) {
        LoadedModel loaded = registry.load(ModelReference.parse(reference));
        ModelVersion version = loaded.version();
        return switch (loaded.model()) {
            case Model.Forecasting(Predictor predictor) -> forecaster(version, predictor);
            case Model.Generating(LanguageModel languageModel) ->
                new ServedWriter(version.model().value(), version.version(), languageModel);
            case Model.Classifying(Classifier classifier) ->
                new ServedClassifier(version.model().value(), version.version(), classifier);
        };
    }

    private static ServedForecaster forecaster(ModelVersion version, Predictor predictor) {
        return new ServedForecaster(
                version.model().value(),
                version.version(),
                predictor.settings().forecast(),
                predictor.features(),
                frequency(version),
                predictor.sizeInBytes() / Float.BYTES,
                new NetworkForecaster(predictor),
                predictor::hasSeen);
    }

    private static @Nullable Frequency frequency(ModelVersion version) {
        var frequency = version.provenance().path("frequency");
        return frequency.isString() ? Frequency.parse(frequency.stringValue()) : null;
    }
}
