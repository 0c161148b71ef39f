package io.foretide.training;

import io.foretide.network.EpochLoss;
import io.foretide.registry.ModelName;
import io.foretide.registry.Task;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One training, from its acceptance to its end.
 *
 * @param sequence the place of the job in the order of acceptance
 * @param run counts the runs of the job, those that were handed back included
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
        long run,
        int attempt,
        Progress progress,
        @Nullable Integer version,
        @Nullable String error) {

    /** The job as it was when an epoch was done, as far as that is remembered. */
    Job when(DoneEpoch epoch) {
        EpochLoss loss = epoch.loss();
        var then = new Progress(
                Phase.TRAINING, loss.epoch(), progress.epochs(), loss.trainLoss(), loss.validationLoss(), null);
        return new Job(
                id,
                sequence,
                model,
                task,
                JobState.RUNNING,
                createdAt,
                startedAt,
                null,
                epoch.run(),
                attempt,
                then,
                null,
                null);
    }
}
