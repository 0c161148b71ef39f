package io.foretide.streaming;

import io.foretide.network.ModelInputs;
import io.foretide.network.PackedStates;
import io.foretide.network.Predictor;
import io.foretide.network.Surroundings;
import io.foretide.network.UnreadableStateException;
import io.foretide.registry.ModelName;
import io.foretide.series.Frequency;
import org.jspecify.annotations.Nullable;

/**
 * A version that forecasts.
 *
 * @param nothing what is known beside the target where the network reads nothing else
 * @param frequency the spacing of the steps that it was trained on; absent where the training data had no times
 */
record ServedForecaster(
        ModelName model,
        int number,
        Predictor predictor,
        PackedStates packing,
        Surroundings nothing,
        @Nullable Frequency frequency)
        implements ServedVersion {
    static ServedForecaster of(ModelName model, int number, Predictor predictor, @Nullable Frequency frequency) {
        return new ServedForecaster(
                model,
                number,
                predictor,
                new PackedStates(predictor),
                Surroundings.unknown(predictor.features()),
                frequency);
    }

    @Override
    public io.foretide.registry.Task task() {
        return io.foretide.registry.Task.FORECAST;
    }

    ModelInputs inputs() {
        return new ModelInputs(title(), predictor.settings().forecast().loss(), predictor.features(), frequency);
    }

    @Override
    public ForecastWalk begin(SessionSettings settings) {
        return new ForecastWalk(this, settings);
    }

    @Override
    public ForecastWalk from(SessionSettings settings, Base base) throws UnreadableStateException {
        return new ForecastWalk(this, settings).goOn(base);
    }

    @Override
    public long steps(byte[] state) {
        return packing.steps(state);
    }

    @Override
    public Step carried(Step step, ServedVersion to) {
        if (step instanceof Step.Value value && to instanceof ServedForecaster other) {
            return Around.carried(value, predictor.features(), other.predictor().features());
        }
        throw new IllegalArgumentException("%s walks no %s".formatted(to.title(), step));
    }

    @Override
    public long numbers(SessionSettings settings) {
        return settings.horizon() * (settings.quantiles().size() + 1L);
    }
}
