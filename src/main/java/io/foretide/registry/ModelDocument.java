package io.foretide.registry;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model on the wire. {@code versions} counts them; {@code latest} is the highest number where there is any. */
record ModelDocument(
        String name,
        Task task,
        Instant createdAt,
        int versions,
        @Nullable Integer latest,
        Map<String, Integer> aliases) {

    static ModelDocument of(ModelTable.Summary model, Map<String, Integer> aliases) {
        return new ModelDocument(
                model.name().value(), model.task(), model.createdAt(), model.versions(), model.latest(), aliases);
    }
}
