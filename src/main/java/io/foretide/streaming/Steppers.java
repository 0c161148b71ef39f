package io.foretide.streaming;

import io.foretide.registry.ModelName;
import io.foretide.registry.ModelReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One stepper for each version that sessions walk. */
final class Steppers {
    private final Models models;
    private final Stepper.Services services;
    private final Map<ModelReference, Stepping> steppers = new ConcurrentHashMap<>();

    Steppers(Models models, Stepper.Services services) {
        this.models = models;
        this.services = services;
    }

    /** The version that a reference points to now. */
    ServedVersion load(ModelReference reference) {
        return models.load(reference);
    }

    ServedVersion load(ModelName model, int number) {
        ModelReference reference = ModelReference.version(model, number);
        Stepping known = steppers.get(reference);
        return known == null ? load(reference) : known.version();
    }

    Stepping of(ServedVersion version) {
        return steppers.computeIfAbsent(version.reference(), _ -> switch (version) {
            case ServedForecaster forecaster -> new Stepper(forecaster, services);
            case ServedClassifier classifier -> new ClassifierStepper(classifier, services);
            case ServedWriter writer -> new WriterStepper(writer, services);
        });
    }

    /** Has everything stepped that waits. */
    void step() {
        steppers.values().forEach(Stepping::step);
    }

    /** Forgets versions that no session walks any more. */
    void sweep() {
        steppers.values().removeIf(stepper -> {
            boolean unused = !stepper.isUsed();
            if (unused) {
                stepper.forget();
            }
            return unused;
        });
    }
}
