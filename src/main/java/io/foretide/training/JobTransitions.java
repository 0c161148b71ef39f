package io.foretide.training;

import io.foretide.network.EpochLoss;
import io.foretide.registry.ModelName;
import io.foretide.storage.Blobs;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The moves of jobs from state to state. Each is a conditional update, so that of two that race one finds nothing to move.
 * A move belongs to the caller's transaction where there is one, and is atomic by itself where there is none.
 */
@Component
final class JobTransitions {
    private final JdbcClient database;
    private final Blobs blobs;
    private final JobCheckpoints checkpoints;
    private final TransactionTemplate transactions;
    private final Clock clock;

    JobTransitions(
            JdbcClient database,
            PlatformTransactionManager transactions,
            Blobs blobs,
            JobCheckpoints checkpoints,
            Clock clock) {
        this.database = database;
        this.transactions = new TransactionTemplate(transactions);
        this.blobs = blobs;
        this.checkpoints = checkpoints;
        this.clock = clock;
    }

    /** The last claim on a job that has not ended; its number is 0 before the first run. */
    Optional<Claim> lastClaim(String id) {
        return database.sql("""
                select job.*, coalesce(checkpoint.attempt, 0) as fruitful_attempt
                from training_job job left join training_checkpoint checkpoint on checkpoint.job = job.id
                where job.id = ? and state in ('queued', 'running')
                """)
                .param(id)
                .query((row, _) -> new Claim(
                        id,
                        new ModelName(row.getString("model")),
                        row.getLong("claim"),
                        row.getInt("attempt"),
                        Math.max(0, row.getInt("attempt") - row.getInt("fruitful_attempt")),
                        Duration.ofMillis(row.getLong("spent_millis"))))
                .optional();
    }

    /** Begins the next run of a job, and ends the claim of the last; empty where somebody else was faster. */
    Optional<Claim> begin(Claim last) {
        int begun = database.sql("""
                update training_job
                set state = 'running', claim = claim + 1, attempt = attempt + 1, started_at = coalesce(started_at, :now),
                    phase = 'preparing', epoch = 0, epochs = null, train_loss = null, validation_loss = null,
                    remaining_millis = null
                where id = :id and state in ('queued', 'running') and claim = :claim
                """)
                .param("now", now())
                .param("id", last.jobId())
                .param("claim", last.number())
                .update();
        return begun > 0 ? Optional.of(last.next()) : Optional.empty();
    }

    /** Whether the claim is still good: nobody cancelled the job, and no other run has taken it. */
    boolean isHeld(Claim claim) {
        return database.sql("select count(*) from training_job" + Claim.WHILE_HELD)
                        .param("id", claim.jobId())
                        .param("claim", claim.number())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** Writes how far a run is; false where its claim is gone. */
    boolean report(Claim claim, Progress progress, Duration spent, List<EpochLoss> losses) {
        return atomically(() -> {
            int updated = update(claim, progress, spent);
            if (updated > 0) {
                losses.forEach(loss -> keep(claim, loss));
            }
            return updated > 0;
        });
    }

    private int update(Claim claim, Progress progress, Duration spent) {
        return database.sql("""
                update training_job
                set phase = :phase, epoch = :epoch, epochs = :epochs, train_loss = :train_loss,
                    validation_loss = :validation_loss, remaining_millis = :remaining, spent_millis = :spent
                """ + Claim.WHILE_HELD)
                .param("phase", progress.phase().wireName())
                .param("epoch", progress.epoch())
                .param("epochs", progress.epochs())
                .param("train_loss", progress.trainLoss())
                .param("validation_loss", progress.validationLoss())
                .param("remaining", millis(progress.remaining()))
                .param("spent", spent.toMillis())
                .param("id", claim.jobId())
                .param("claim", claim.number())
                .update();
    }

    /** An epoch that an earlier run had done with the same outcome remains the earlier run's. */
    private void keep(Claim claim, EpochLoss loss) {
        database.sql("""
                merge into training_epoch kept
                using (values (cast(:id as varchar(36)), cast(:claim as bigint), cast(:epoch as integer),
                        cast(:train as double precision), cast(:validation as double precision)))
                    as done (job, claim, epoch, train_loss, validation_loss)
                on kept.job = done.job and kept.epoch = done.epoch
                when matched and (kept.train_loss <> done.train_loss
                        or kept.validation_loss is distinct from done.validation_loss) then
                    update set claim = done.claim, train_loss = done.train_loss, validation_loss = done.validation_loss
                when not matched then
                    insert (job, claim, epoch, train_loss, validation_loss)
                    values (done.job, done.claim, done.epoch, done.train_loss, done.validation_loss)
                """)
                .param("id", claim.jobId())
                .param("claim", claim.number())
                .param("epoch", loss.epoch())
                .param("train", loss.trainLoss())
                .param("validation", loss.validationLoss())
                .update();
    }

    /** Puts a run's job back into the queue, as if the run had not begun. */
    boolean handBack(Claim claim, Duration spent) {
        return database.sql("""
                update training_job
                set state = 'queued', phase = 'waiting', attempt = attempt - 1, spent_millis = :spent,
                    remaining_millis = null
                """ + Claim.WHILE_HELD)
                        .param("spent", spent.toMillis())
                        .param("id", claim.jobId())
                        .param("claim", claim.number())
                        .update()
                > 0;
    }

    /** Ends a run's job with success; false where the claim is gone, and then nothing may be published. */
    boolean succeed(Claim claim) {
        return endAtomically(
                claim.jobId(),
                () -> database.sql("""
                update training_job
                set state = 'succeeded', phase = 'done', finished_at = :now, remaining_millis = null
                """ + Claim.WHILE_HELD)
                        .param("now", now())
                        .param("id", claim.jobId())
                        .param("claim", claim.number())
                        .update());
    }

    void setVersion(Claim claim, int version) {
        database.sql("update training_job set version = ? where id = ?")
                .params(version, claim.jobId())
                .update();
    }

    /** Ends a run's job with a problem document. */
    boolean fail(Claim claim, String error) {
        return endAtomically(
                claim.jobId(),
                () -> database.sql("""
                update training_job
                set state = 'failed', finished_at = :now, remaining_millis = null, error = :error
                """ + Claim.WHILE_HELD)
                        .param("now", now())
                        .param("error", error)
                        .param("id", claim.jobId())
                        .param("claim", claim.number())
                        .update());
    }

    /** Ends a job that has not ended yet, whoever runs it. */
    boolean cancel(String id) {
        return endAtomically(
                id, () -> database.sql("""
                update training_job
                set state = 'cancelled', finished_at = :now, remaining_millis = null
                where id = :id and state in ('queued', 'running')
                """).param("now", now()).param("id", id).update());
    }

    private boolean endAtomically(String id, IntSupplier move) {
        return atomically(() -> {
            if (move.getAsInt() == 0) {
                return false;
            }
            dropInput(id);
            checkpoints.drop(id);
            return true;
        });
    }

    private void dropInput(String id) {
        Optional<String> data = database.sql("select data from training_job where id = ? and data is not null")
                .param(id)
                .query(String.class)
                .optional();
        database.sql("update training_job set data = null where id = ?")
                .param(id)
                .update();
        data.ifPresent(blobs::delete);
    }

    private boolean atomically(BooleanSupplier move) {
        return Boolean.TRUE.equals(transactions.execute(_ -> move.getAsBoolean()));
    }

    private OffsetDateTime now() {
        return JobTable.toColumn(clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }
}
