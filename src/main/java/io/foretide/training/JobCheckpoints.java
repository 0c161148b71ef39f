package io.foretide.training;

import io.foretide.network.Checkpoint;
import io.foretide.storage.Blobs;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The last checkpoint of each job that has not ended. */
@Component
final class JobCheckpoints {
    private final JdbcClient database;
    private final TransactionTemplate transactions;
    private final Blobs blobs;
    private final Clock clock;

    JobCheckpoints(JdbcClient database, PlatformTransactionManager transactions, Blobs blobs, Clock clock) {
        this.database = database;
        this.transactions = new TransactionTemplate(transactions);
        this.blobs = blobs;
        this.clock = clock;
    }

    /** The bytes of the last checkpoint. */
    Optional<InputStream> last(String jobId) {
        return data(jobId).map(blobs::open);
    }

    private Optional<String> data(String jobId) {
        return database.sql("select data from training_checkpoint where job = ?")
                .param(jobId)
                .query(String.class)
                .optional();
    }

    /**
     * Replaces the last checkpoint, bytes and all, and notes the time that the job took so far. Gives the size in bytes;
     * nothing where the claim is gone, and then nothing is changed.
     */
    OptionalLong keep(Claim claim, Duration spent, Checkpoint checkpoint) {
        return Objects.requireNonNull(transactions.execute(transaction -> {
            // The bytes first: the job's row is locked as briefly as can be.
            String data = blobs.store(checkpoint::writeTo);
            if (!hold(claim, spent)) {
                transaction.setRollbackOnly();
                return OptionalLong.empty();
            }
            drop(claim.jobId());
            insert(claim, checkpoint, data);
            return OptionalLong.of(blobs.size(data));
        }));
    }

    private boolean hold(Claim claim, Duration spent) {
        return database.sql("update training_job set spent_millis = :spent" + Claim.WHILE_HELD)
                        .param("spent", spent.toMillis())
                        .param("id", claim.jobId())
                        .param("claim", claim.number())
                        .update()
                > 0;
    }

    private void insert(Claim claim, Checkpoint checkpoint, String data) {
        database.sql("""
                insert into training_checkpoint (job, attempt, epoch, created_at, data)
                values (:job, :attempt, :epoch, :created_at, :data)
                """)
                .param("job", claim.jobId())
                .param("attempt", claim.attempt())
                .param("epoch", checkpoint.epoch())
                .param("created_at", JobTable.toColumn(clock.instant()))
                .param("data", data)
                .update();
    }

    /** Deletes the checkpoint of a job, in the caller's transaction. */
    void drop(String jobId) {
        Optional<String> data = data(jobId);
        database.sql("delete from training_checkpoint where job = ?")
                .param(jobId)
                .update();
        data.ifPresent(blobs::delete);
    }
}
