package io.foretide.training;

import io.foretide.evaluation.NetworkForecaster;
import io.foretide.network.Predictor;
import io.foretide.registry.ModelRegistry;
import io.foretide.registry.ModelVersion;
import org.springframework.stereotype.Component;

/** Loads champions as predictions do. */
@Component
final class RegistryChampions implements Champions {
    private final ModelRegistry registry;

    RegistryChampions(ModelRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Champion load(ModelVersion version) {
        Predictor predictor = registry.load(version.reference()).predictor();
        return new Champion(new NetworkForecaster(predictor), (series, origin) -> !predictor.hasSeen(series, origin));
    }
}
