package io.foretide.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.foretide.classification.ClassifyOptions;
import io.foretide.generation.GenerateOptions;
import io.foretide.network.ForecastOptions;
import io.foretide.network.NetworkOptions;
import io.foretide.network.TrainingOptions;
import io.foretide.registry.Task;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a job was accepted to do; the options that the client left open are still to be chosen for the data.
 *
 * @param startFrom the version that the training starts from, as the client named it
 */
record JobSettings(
        Task task,
        ForecastOptions forecast,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ClassifyOptions classify,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable GenerateOptions generate,
        NetworkOptions network,
        TrainingOptions training,
        @Nullable String startFrom,
        PromotionPolicy promote,
        String description,
        Map<String, String> tags) {
    JobSettings {
        // Sorted, so that equal requests have equal fingerprints.
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    GenerateOptions generateOrDefault() {
        return Objects.requireNonNullElse(generate, GenerateOptions.NONE);
    }

    ClassifyOptions classifyOrDefault() {
        return Objects.requireNonNullElse(classify, ClassifyOptions.NONE);
    }
}
