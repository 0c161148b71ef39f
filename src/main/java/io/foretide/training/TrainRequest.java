package io.foretide.training;

import io.foretide.classification.ClassifyOptions;
import io.foretide.generation.GenerateOptions;
import io.foretide.network.ForecastOptions;
import io.foretide.network.NetworkOptions;
import io.foretide.network.TrainingOptions;
import io.foretide.registry.Task;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** All that a client says about a training beside the data. */
record TrainRequest(
        @Nullable Task task,
        @Valid @Nullable ForecastOptions forecast,
        @Valid @Nullable ClassifyOptions classify,
        @Valid @Nullable GenerateOptions generate,
        @Valid @Nullable NetworkOptions network,
        @Valid @Nullable TrainingOptions training,
        @Size(max = 200) @Nullable String startFrom,
        @Nullable PromotionPolicy promote,
        @Size(max = 2000) @Nullable String description,

        @Size(max = 32) @Nullable Map<@Size(min = 1, max = 64) String, @Size(max = 256) String> tags) {
    Task taskOrDefault() {
        return Objects.requireNonNullElse(task, Task.FORECAST);
    }
}
