package io.foretide.streaming;

import io.foretide.classification.Classifier;
import io.foretide.generation.LanguageModel;
import io.foretide.network.Predictor;
import io.foretide.registry.LoadedModel;
import io.foretide.registry.Model;
import io.foretide.registry.ModelName;
import io.foretide.registry.ModelReference;
import io.foretide.registry.ModelRegistry;
import io.foretide.registry.ModelVersion;
import io.foretide.series.Frequency;
import org.springframework.stereotype.Component;

/** Models as the registry keeps them. */
@Component("sessionModels")
final class RegistryModels implements Models {
    private final ModelRegistry registry;

    RegistryModels(ModelRegistry registry) {
        this.registry = registry;
    }

    @Override
    public ServedVersion load(ModelReference reference) {
        LoadedModel loaded = registry.load(reference);
        ModelVersion version = loaded.version();
        ModelName name = version.model();
        int number = version.version();
        return switch (loaded.model()) {
            case Model.Forecasting(Predictor predictor) -> {
                var frequency = version.provenance().path("frequency");
                yield ServedForecaster.of(
                        name,
                        number,
                        predictor,
                        frequency.isString() ? Frequency.parse(frequency.stringValue()) : null);
            }
            case Model.Classifying(Classifier classifier) -> new ServedClassifier(name, number, classifier);
            case Model.Generating(LanguageModel languageModel) -> new ServedWriter(name, number, languageModel);
        };
    }

    @Override
    public int numberOf(ModelReference reference) {
        return registry.resolve(reference).version();
    }
}
