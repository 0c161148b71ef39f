package io.foretide.training;

import io.foretide.registry.ModelName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One training, from its acceptance to its end.
 *
 * @param sequence the place of the job in the order of acceptance
 * @param attempt how often the job was begun, the current time included; runs that were handed back do not count
 * @param version the version that was published, of a job that succeeded
 * @param error the problem document of a job that failed
 */
record Job(
        String id,
        long sequence,
        ModelName model,
        Task task,
        JobState state,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        int attempt,
        Progress progress,
        @Nullable Integer version,
        @Nullable String error) {}
