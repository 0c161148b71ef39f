package io.foretide.streaming;

import io.foretide.network.ModelInputs;
import io.foretide.network.PackedStates;
import io.foretide.network.Predictor;
import io.foretide.network.Surroundings;
import io.foretide.registry.ModelName;
import io.foretide.registry.ModelReference;
import io.foretide.series.Frequency;
import org.jspecify.annotations.Nullable;

/**
 * A version that sessions walk, and what they need to know of it. Immutable.
 *
 * @param nothing what is known beside the target where the network reads nothing else
 * @param frequency the spacing of the steps that it was trained on; absent where the training data had no times
 */
record ServedVersion(
        ModelName model,
        int number,
        Predictor predictor,
        PackedStates packing,
        Surroundings nothing,
        @Nullable Frequency frequency) {
    static ServedVersion of(ModelName model, int number, Predictor predictor, @Nullable Frequency frequency) {
        return new ServedVersion(
                model,
                number,
                predictor,
                new PackedStates(predictor),
                Surroundings.unknown(predictor.features()),
                frequency);
    }

    ModelReference reference() {
        return ModelReference.version(model, number);
    }

    ModelInputs inputs() {
        return new ModelInputs(
                model + " version " + number, predictor.settings().forecast().loss(), predictor.features(), frequency);
    }
}
