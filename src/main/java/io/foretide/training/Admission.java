package io.foretide.training;

import io.foretide.network.ForecastOptions;
import io.foretide.network.NetworkOptions;
import io.foretide.network.TrainingOptions;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.registry.ModelName;
import io.foretide.registry.ModelRegistry;
import io.foretide.registry.Task;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes of what a client asks of a training, of whatever task, the settings of a job. */
@Component
final class Admission {
    private final ModelRegistry registry;
    private final TrainingProperties properties;

    Admission(ModelRegistry registry, TrainingProperties properties) {
        this.registry = registry;
        this.properties = properties;
    }

    /** The settings with which a job of the model is to train; a problem where no job may. */
    JobSettings settings(ModelName model, TrainRequest request) {
        registry.requireTask(model, request.taskOrDefault());
        requireOwn(Task.FORECAST, request.forecast(), request);
        requireOwn(Task.CLASSIFY, request.classify(), request);
        requireOwn(Task.GENERATE, request.generate(), request);
        TrainingOptions training = Objects.requireNonNullElse(request.training(), TrainingOptions.NONE);
        requireShorterThanTimeout(training.maxDuration());
        return new JobSettings(
                request.taskOrDefault(),
                Objects.requireNonNullElse(request.forecast(), ForecastOptions.NONE),
                request.classify(),
                request.generate(),
                Objects.requireNonNullElse(request.network(), NetworkOptions.NONE),
                training,
                request.startFrom(),
                Objects.requireNonNullElse(request.promote(), PromotionPolicy.IF_BETTER),
                Objects.requireNonNullElse(request.description(), ""),
                Objects.requireNonNullElse(request.tags(), Map.of()));
    }

    /** Settings of another task are refused, lest they seem to have had an effect. */
    private static void requireOwn(Task owner, @Nullable Record options, TrainRequest request) {
        if (options != null && owner != request.taskOrDefault()) {
            throw new ProblemException(
                            ProblemType.NOT_SUPPORTED,
                            "The settings %s are of that task, and this training is of the task %s. Remove them, or send \"task\":\"%s\"."
                                    .formatted(owner, request.taskOrDefault(), owner))
                    .at("/" + owner.wireName());
        }
    }

    private void requireShorterThanTimeout(@Nullable Duration maxDuration) {
        if (maxDuration != null && maxDuration.compareTo(properties.timeout()) > 0) {
            throw new ProblemException(
                            ProblemType.LIMIT_EXCEEDED,
                            "training.max_duration is %s, and no job runs longer than %s. Shorten it, or leave it out."
                                    .formatted(maxDuration, properties.timeout()))
                    .with("limit", properties.timeout().toString())
                    .at("/training/max_duration");
        }
    }
}
