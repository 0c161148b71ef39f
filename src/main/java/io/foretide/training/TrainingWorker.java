package io.foretide.training;

import io.foretide.problem.ProblemException;
import io.foretide.registry.ModelVersion;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Runs jobs, each in the thread of its caller, from its claim to its end. */
@Component
final class TrainingWorker {
    private static final Logger log = LoggerFactory.getLogger(TrainingWorker.class);

    private final Training training;
    private final RunServices services;
    private final RunEndings endings;

    /** What is left to do for the job of a run. */
    enum Outcome {
        NOTHING,
        RUN_AGAIN
    }

    TrainingWorker(Training training, RunServices services, RunEndings endings) {
        this.training = training;
        this.services = services;
        this.endings = endings;
    }

    /**
     * Runs a job that waits, or that was left unfinished by a run that is taken for dead.
     *
     * @param stopping whether the process is about to end; the job is then handed back
     */
    Outcome run(String jobId, BooleanSupplier stopping) {
        Optional<Claim> last = services.transitions().lastClaim(jobId);
        if (last.isEmpty()) {
            return Outcome.NOTHING;
        }
        if (last.get().fruitless() >= services.limits().maxAttempts()) {
            endings.giveUp(last.get());
            return Outcome.NOTHING;
        }
        Optional<Claim> claim = services.transitions().begin(last.get());
        if (claim.isEmpty()) {
            return Outcome.NOTHING;
        }
        return run(claim.get(), new RunMonitor(claim.get(), services, stopping));
    }

    private Outcome run(Claim claim, RunMonitor monitor) {
        log.info("training started id={} model={} attempt={}", claim.jobId(), claim.model(), claim.attempt());
        try {
            Optional<ModelVersion> version = training.run(claim, monitor);
            version.ifPresentOrElse(
                    published -> endings.succeeded(claim, monitor, published), () -> endings.claimLost(claim, monitor));
            return Outcome.NOTHING;
        } catch (CancellationException e) {
            return endings.interrupted(claim, monitor);
        } catch (ProblemException e) {
            endings.failed(claim, monitor, e);
            return Outcome.NOTHING;
        } catch (DataAccessException | TransactionException e) {
            // Not the fault of the job: the next run finds the database again, or the job runs out of attempts.
            log.warn("training run lost the database id={}", claim.jobId(), e);
            return Outcome.RUN_AGAIN;
        } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError e) {
            // Not a full heap, which ends the process: memory outside it, or an array that was refused.
            return endings.brokeDown(claim, monitor, e);
        }
    }
}
