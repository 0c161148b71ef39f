package io.foretide.training;

import io.foretide.registry.ModelName;
import java.time.Duration;

/**
 * The right of one run to work on a job. A later claim on the same job ends it.
 *
 * @param number counts the runs of the job, those that were handed back included
 * @param attempt counts the runs that count
 * @param spent the time that earlier runs took
 */
record Claim(String jobId, ModelName model, long number, int attempt, Duration spent) {
    Claim next() {
        return new Claim(jobId, model, number + 1, attempt + 1, spent);
    }
}
