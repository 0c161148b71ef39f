package io.foretide.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.foretide.audit.AuditSummary;
import io.foretide.network.EpochLoss;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A job on the wire. */
record JobDocument(
        String id,
        String model,
        String task,
        JobState state,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        int attempt,
        ProgressDocument progress,

        @Schema(description = "The losses of the last epochs, where one job is asked for.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        List<EpochLoss> losses,

        @Schema(
                description = "What was odd with the series as they were sent, and what was repaired, where one job is"
                        + " asked for.",
                implementation = AuditSummary.class)
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @JsonRawValue
        @Nullable
        String audit,

        @Schema(description = "The version that was published.") @Nullable
        Integer version,

        @Schema(description = "Why the job failed: a problem document.", type = "object") @JsonRawValue @Nullable
        String error) {

    /** Progress on the wire. */
    record ProgressDocument(
            Phase phase,

            @Schema(description = "The last epoch that was finished, counted through all members of the network.")
            int epoch,

            @Schema(description = "The most epochs of all members; it falls where one stops early.") @Nullable
            Integer epochs,

            double percent,
            @Nullable Double trainLoss,
            @Nullable Double validationLoss,

            @Schema(type = "string", example = "PT20S", description = "An estimate; the training may stop earlier.")
            @Nullable
            Duration remaining) {
        static ProgressDocument of(Progress progress) {
            Duration remaining = progress.remaining();
            return new ProgressDocument(
                    progress.phase(),
                    progress.epoch(),
                    progress.epochs() == 0 ? null : progress.epochs(),
                    Math.round(10 * progress.percent()) / 10.0,
                    finite(progress.trainLoss()),
                    finite(progress.validationLoss()),
                    remaining == null ? null : Duration.ofSeconds(Math.ceilDiv(remaining.toMillis(), 1000)));
        }

        private static @Nullable Double finite(@Nullable Double loss) {
            return loss == null || !Double.isFinite(loss) ? null : loss;
        }
    }

    static JobDocument of(Job job) {
        return of(job, null, null);
    }

    /** @param audit what was odd with the series, as JSON */
    static JobDocument of(Job job, @Nullable String audit, @Nullable List<EpochLoss> losses) {
        return new JobDocument(
                job.id(),
                job.model().value(),
                job.task().wireName(),
                job.state(),
                job.createdAt(),
                job.startedAt(),
                job.finishedAt(),
                job.attempt(),
                ProgressDocument.of(job.progress()),
                losses,
                audit,
                job.version(),
                job.error());
    }
}
