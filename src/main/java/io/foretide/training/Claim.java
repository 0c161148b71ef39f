package io.foretide.training;

import io.foretide.registry.ModelName;
import java.time.Duration;

/**
 * The right of one run to work on a job. A later claim on the same job ends it.
 *
 * @param number counts the runs of the job, those that were handed back included
 * @param attempt counts the runs that count
 * @param fruitless counts the last of them: those since one that kept a checkpoint
 * @param spent the time that earlier runs took
 */
record Claim(String jobId, ModelName model, long number, int attempt, int fruitless, Duration spent) {
    /** The condition on a job's row under which a run may write, with its parameters {@code id} and {@code claim}. */
    static final String WHILE_HELD = " where id = :id and state = 'running' and claim = :claim";

    Claim next() {
        return new Claim(jobId, model, number + 1, attempt + 1, fruitless + 1, spent);
    }
}
