package io.foretide.training;

import io.foretide.network.ForecastOptions;
import io.foretide.network.NetworkOptions;
import io.foretide.network.TrainingOptions;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes of what a client asks of a training, of whatever task, the settings of a job. */
@Component
final class Admission {
    private final TrainingProperties properties;

    Admission(TrainingProperties properties) {
        this.properties = properties;
    }

    JobSettings settings(TrainRequest request) {
        TrainingOptions training = Objects.requireNonNullElse(request.training(), TrainingOptions.NONE);
        requireShorterThanTimeout(training.maxDuration());
        return new JobSettings(
                request.taskOrDefault(),
                Objects.requireNonNullElse(request.forecast(), ForecastOptions.NONE),
                Objects.requireNonNullElse(request.network(), NetworkOptions.NONE),
                training,
                request.startFrom(),
                Objects.requireNonNullElse(request.promote(), PromotionPolicy.IF_BETTER),
                Objects.requireNonNullElse(request.description(), ""),
                Objects.requireNonNullElse(request.tags(), Map.of()));
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
