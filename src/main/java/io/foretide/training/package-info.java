/**
 * Training jobs: accepted, queued, run, reported, cancelled, and run again after a crash.
 *
 * <p>{@code Submissions} accepts a job with all that it needs in one transaction; {@code TrainingQueue} brings it to a
 * worker; {@code TrainingWorker} claims it and runs {@code Training}: read, train, measure, publish. A job may be run more
 * than once, as its process may die under it. It publishes once, because a claim ends with the next one and everything that
 * a run writes asks for its claim: the end of the job, the version and the move of the alias are one transaction.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "registry",
            "evaluation",
            "network",
            "classification",
            "generation",
            "audit",
            "series",
            "sequences",
            "reading",
            "storage",
            "http",
            "problem"
        })
package io.foretide.training;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
