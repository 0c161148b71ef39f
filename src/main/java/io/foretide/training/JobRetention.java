package io.foretide.training;

import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Forgets jobs that finished long ago, or before many others. */
@Component
final class JobRetention {
    private static final Logger log = LoggerFactory.getLogger(JobRetention.class);
    private static final String FINISHED = "state in ('succeeded', 'failed', 'cancelled')";

    private final JdbcClient database;
    private final TrainingProperties properties;
    private final Clock clock;

    JobRetention(JdbcClient database, TrainingProperties properties, Clock clock) {
        this.database = database;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Deletes what is too old or too much; their versions stay. What cannot be deleted now, because another process deletes
     * as well, is deleted with the next job: this never fails those whose job has just ended.
     */
    void sweep() {
        try {
            delete();
        } catch (DataAccessException e) {
            log.warn("training jobs not forgotten", e);
        }
    }

    private void delete() {
        int old = database.sql("delete from training_job where " + FINISHED + " and finished_at < ?")
                .param(JobTable.toColumn(clock.instant().minus(properties.keepFinishedFor())))
                .update();
        int surplus = database.sql("select sequence from training_job where " + FINISHED
                        + " order by sequence desc offset ? rows fetch first 1 row only")
                .param(properties.keepFinished())
                .query(Long.class)
                .optional()
                .map(this::deleteUpTo)
                .orElse(0);
        if (old + surplus > 0) {
            log.info("training jobs forgotten count={}", old + surplus);
        }
    }

    private int deleteUpTo(long sequence) {
        return database.sql("delete from training_job where " + FINISHED + " and sequence <= ?")
                .param(sequence)
                .update();
    }
}
