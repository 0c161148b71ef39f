package io.foretide.training;

import io.foretide.network.TrainingResources;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Size and patience of the training queue.
 *
 * @param workers how many jobs this process runs at a time
 * @param threads how many threads each job computes with; all cores but one where it is absent
 * @param maxMemory the most heap that each job may take; where it is absent, a third of the heap, shared among the workers
 * @param queueCapacity the most jobs that wait
 * @param maxAttempts how often a job is begun when each time the process dies under it before it gets any further
 * @param maxHorizon the longest horizon that a network may be trained for
 * @param timeout the longest time of one job over all its attempts, and the longest {@code max_duration} of a request
 * @param pollInterval how often a free worker looks for jobs that another process accepted
 * @param heartbeat how often a worker says that it is alive; after four missed ones another takes its job up
 * @param checkpointInterval the least time between two checkpoints of a training; what a crash can cost at most
 * @param reportInterval the least time between two writes of a job's progress
 * @param shutdownWait how long a stop waits for a job to be handed back, before it interrupts
 * @param evaluationWindows the most held-out windows of each series that a new version is measured on
 * @param keepFinished how many finished jobs are remembered
 * @param keepFinishedFor how long a finished job is remembered
 * @param maxListeners the most clients that follow events of jobs at a time
 * @param listenerHeartbeat after how long without news those who follow a job are sent a comment
 */
@Validated
@ConfigurationProperties("foretide.training")
record TrainingProperties(
        @DefaultValue("1") @Min(1) @Max(64) int workers,
        @Nullable @Min(1) @Max(256) Integer threads,
        @Nullable DataSize maxMemory,
        @DefaultValue("16") @Positive int queueCapacity,
        @DefaultValue("3") @Positive int maxAttempts,
        @DefaultValue("1024") @Positive int maxHorizon,
        @DefaultValue("24h") @DurationMin(seconds = 1) Duration timeout,
        @DefaultValue("1s") @DurationMin(millis = 10) Duration pollInterval,

        @DefaultValue("2s") @DurationMin(millis = 100) @DurationMax(minutes = 10)
        Duration heartbeat,

        @DefaultValue("10s") @DurationMin(millis = 1) @DurationMax(hours = 1)
        Duration checkpointInterval,

        @DefaultValue("1s") @DurationMin(millis = 1) Duration reportInterval,
        @DefaultValue("10s") @DurationMin(millis = 1) Duration shutdownWait,
        @DefaultValue("10") @Positive int evaluationWindows,
        @DefaultValue("10000") @PositiveOrZero int keepFinished,
        @DefaultValue("30d") @DurationMin(seconds = 0) Duration keepFinishedFor,
        @DefaultValue("64") @PositiveOrZero int maxListeners,

        @DefaultValue("15s") @DurationMin(millis = 10) @DurationMax(minutes = 10)
        Duration listenerHeartbeat) {

    TrainingProperties {
        if (maxMemory != null && maxMemory.toBytes() < 1) {
            throw new IllegalArgumentException("foretide.training.max-memory must be positive, was " + maxMemory);
        }
    }

    /** What each job may take of this machine. */
    TrainingResources resources() {
        TrainingResources machine = TrainingResources.OF_THIS_MACHINE;
        return new TrainingResources(
                threads == null ? machine.threads() : threads,
                maxMemory == null ? machine.memory() / workers : maxMemory.toBytes());
    }
}
