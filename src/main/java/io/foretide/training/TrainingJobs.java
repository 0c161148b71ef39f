package io.foretide.training;

import io.foretide.http.Page;
import io.foretide.http.PageRequest;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.training.JobTable.Filter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Jobs that were accepted: found, listed, cancelled. */
@Component
final class TrainingJobs {
    private static final Logger log = LoggerFactory.getLogger(TrainingJobs.class);

    private final JobTable jobs;
    private final JobTransitions transitions;
    private final JobRetention retention;
    private final TrainingQueue queue;
    private final TransactionTemplate transactions;

    TrainingJobs(
            JobTable jobs,
            JobTransitions transitions,
            JobRetention retention,
            TrainingQueue queue,
            PlatformTransactionManager transactions) {
        this.jobs = jobs;
        this.transitions = transitions;
        this.retention = retention;
        this.queue = queue;
        this.transactions = new TransactionTemplate(transactions);
    }

    Job get(String id) {
        return jobs.find(id).orElseThrow(() -> {
            String shown = id.length() <= 100 ? id : id.substring(0, 100) + "…";
            return new ProblemException(
                    ProblemType.UNKNOWN_JOB,
                    "There is no job %s. Finished jobs are forgotten after a time; their versions stay."
                            .formatted(shown));
        });
    }

    /** A page of jobs, the newest first. */
    Page<Job> list(Filter filter, PageRequest request) {
        List<Job> rows = jobs.list(filter, sequence(request.cursor()), request.limit() + 1);
        return Page.of(rows, request, job -> String.valueOf(job.sequence()));
    }

    private static long sequence(@Nullable String cursor) {
        if (cursor == null) {
            return Long.MAX_VALUE;
        }
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETER,
                    "The cursor is not one of this list. Pass a next_cursor as it was received.",
                    e);
        }
    }

    /** Ends a job before its time. One that waits never starts; a run of it ends soon and publishes nothing. */
    Job cancel(String id) {
        Job before = get(id);
        boolean cancelled = Boolean.TRUE.equals(transactions.execute(_ -> {
            queue.remove(id);
            return transitions.cancel(id);
        }));
        Job after = get(id);
        if (cancelled) {
            log.info(
                    "training cancelled id={} model={} was={}",
                    id,
                    before.model(),
                    before.state().wireName());
            retention.sweep();
            return after;
        }
        if (after.state() != JobState.CANCELLED) {
            throw new ProblemException(
                            ProblemType.JOB_FINISHED,
                            "Job %s has %s already, so there is nothing to cancel."
                                    .formatted(id, after.state().wireName()))
                    .with("state", after.state().wireName());
        }
        return after;
    }
}
