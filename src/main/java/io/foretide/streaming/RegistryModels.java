package io.foretide.streaming;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.registry.LoadedModel;
import io.foretide.registry.ModelReference;
import io.foretide.registry.ModelRegistry;
import io.foretide.registry.ModelVersion;
import io.foretide.registry.Task;
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
        if (version.task() != Task.FORECAST) {
            throw new ProblemException(
                            ProblemType.TASK_MISMATCH,
                            "%s version %d does the task \"%s\", and sessions forecast. Name a model of the task \"%s\"."
                                    .formatted(version.model(), version.version(), version.task(), Task.FORECAST))
                    .with("task", version.task().wireName());
        }
        var frequency = version.provenance().path("frequency");
        return ServedVersion.of(
                version.model(),
                version.version(),
                loaded.predictor(),
                frequency.isString() ? Frequency.parse(frequency.stringValue()) : null);
    }

    @Override
    public int numberOf(ModelReference reference) {
        return registry.resolve(reference).version();
    }
}
