package io.foretide.training;

import io.foretide.network.Checkpoint;
import io.foretide.network.Checkpoint.Done;
import io.foretide.network.Checkpoint.Underway;
import io.foretide.network.Checkpoints;
import io.foretide.problem.ProblemException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Decides when a run keeps a checkpoint: often enough that little is lost, and so rarely that it costs little. Belongs to
 * the thread of the run.
 */
final class CheckpointKeeper implements Checkpoints {
    private static final Logger log = LoggerFactory.getLogger(CheckpointKeeper.class);

    /** After a checkpoint the training goes on for at least so many times as long as it took to write. */
    private static final int LEAST_TRAINING_PER_WRITING = 20;

    private final Claim claim;
    private final RunMonitor monitor;
    private final JobCheckpoints checkpoints;
    private final TrainingMetrics metrics;
    private final Duration interval;
    private final Clock clock;

    /** What was trained before that is as quickly trained again as kept. */
    private final Instant worthwhile;

    private Instant due;

    CheckpointKeeper(Claim claim, RunMonitor monitor, RunServices services) {
        this.claim = claim;
        this.monitor = monitor;
        this.checkpoints = services.checkpoints();
        this.metrics = services.metrics();
        this.interval = services.limits().checkpointInterval();
        this.clock = services.clock();
        this.worthwhile = clock.instant().plus(interval);
        this.due = worthwhile;
    }

    @Override
    public Optional<InputStream> last() {
        return checkpoints.last(claim.jobId());
    }

    @Override
    public void resumed(Checkpoint from, int epochs) {
        switch (from.stage()) {
            case Underway underway ->
                log.info("training resumed id={} epoch={} batch={}", claim.jobId(), underway.epoch(), underway.batch());
            case Done _ -> log.info("training resumed id={} done=true", claim.jobId());
        }
        monitor.resumed(from.losses(), epochs);
    }

    @Override
    public void refused(String reason) {
        log.warn("training begins anew, its checkpoint cannot be used id={} reason={}", claim.jobId(), reason);
    }

    @Override
    public boolean due() {
        return mayWrite() && (monitor.stopping() || !clock.instant().isBefore(due));
    }

    @Override
    public boolean dueWhenDone() {
        return mayWrite() && !clock.instant().isBefore(worthwhile);
    }

    /** Not for a job that is lost, and not in a thread that is interrupted: the embedded database would close its file. */
    private boolean mayWrite() {
        return !monitor.hasLostItsJob() && !Thread.currentThread().isInterrupted();
    }

    @Override
    public void keep(Checkpoint checkpoint) {
        Instant begun = clock.instant();
        String outcome = write(checkpoint);
        Instant written = clock.instant();
        Duration writing = Duration.between(begun, written);
        metrics.keptCheckpoint(outcome, writing);
        Duration pause = writing.multipliedBy(LEAST_TRAINING_PER_WRITING);
        due = written.plus(pause.compareTo(interval) > 0 ? pause : interval);
    }

    private String write(Checkpoint checkpoint) {
        try {
            OptionalLong bytes = checkpoints.keep(claim, monitor.spent(), checkpoint);
            if (bytes.isEmpty()) {
                monitor.loseJob();
                return "claim_lost";
            }
            metrics.checkpointSize(bytes.getAsLong());
            return "success";
        } catch (DataAccessException | TransactionException | ProblemException e) {
            // The training is worth more than what is kept of it: the next run goes on from the checkpoint before.
            log.warn("training checkpoint not written id={}", claim.jobId(), e);
            return "failure";
        }
    }
}
