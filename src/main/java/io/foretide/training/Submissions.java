package io.foretide.training;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.registry.ModelName;
import io.foretide.registry.ModelReference;
import io.foretide.training.JobTable.Keyed;
import io.foretide.training.JobTable.NewJob;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Accepts jobs, as long as the queue has room. */
@Component
final class Submissions {
    private static final Logger log = LoggerFactory.getLogger(Submissions.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private final JobTable jobs;
    private final JobInputs inputs;
    private final Parents parents;
    private final TrainingQueue queue;
    private final int capacity;
    private final TransactionTemplate transactions;
    private final Clock clock;

    /** A training that was asked for, and may be accepted. */
    record Submission(
            ModelName model, Admitted<?> work, @Nullable IdempotencyKey key) {}

    Submissions(
            JobTable jobs,
            JobInputs inputs,
            Parents parents,
            TrainingQueue queue,
            TrainingProperties properties,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.jobs = jobs;
        this.inputs = inputs;
        this.parents = parents;
        this.queue = queue;
        this.capacity = properties.queueCapacity();
        this.transactions = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** The id of the new job, or of the first one under the same idempotency key. */
    String submit(Submission submission) {
        if (submission.key() == null) {
            // Checked again below; here before the data are stored for nothing.
            requireRoom();
        }
        String id = Objects.requireNonNull(transactions.execute(status -> submit(submission, status)));
        queue.wake();
        return id;
    }

    private String submit(Submission submission, TransactionStatus transaction) {
        JobInput input = inputs.store(submission.work());
        jobs.lockQueue();
        Optional<Keyed> first =
                Optional.ofNullable(submission.key()).flatMap(key -> jobs.findByKey(submission.model(), key));
        if (first.isPresent()) {
            transaction.setRollbackOnly();
            return replay(first.get(), input, submission);
        }
        requireRoom();
        String id = UUID.randomUUID().toString();
        jobs.insert(new NewJob(
                id,
                submission.model(),
                submission.work().settings().task(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                input,
                submission.key()));
        ModelReference parent = submission.work().parent();
        if (parent != null) {
            parents.keep(id, parent);
        }
        queue.add(id);
        log.info(
                "training accepted id={} model={} task={}",
                id,
                submission.model(),
                submission.work().settings().task());
        return id;
    }

    private static String replay(Keyed first, JobInput input, Submission submission) {
        if (!first.fingerprint().equals(input.fingerprint())) {
            throw new ProblemException(
                            ProblemType.IDEMPOTENCY_KEY_REUSED,
                            "This idempotency key was sent before with other settings or data for %s, and started job %s. Send a new key with a new request."
                                    .formatted(submission.model(), first.jobId()))
                    .with("job", first.jobId());
        }
        return first.jobId();
    }

    private void requireRoom() {
        int waiting = jobs.count(JobState.QUEUED);
        if (waiting >= capacity) {
            throw new ProblemException(
                            ProblemType.QUEUE_FULL,
                            "%d trainings wait already, and the limit is %d. Try again later, or cancel one that waits."
                                    .formatted(waiting, capacity))
                    .with("limit", capacity)
                    .retryAfter(RETRY_AFTER);
        }
    }
}
