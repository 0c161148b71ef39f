package io.foretide.storage;

import io.foretide.problem.FailureTranslation;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/** Answers requests that the database could not serve. */
@Component
final class DatabaseProblems implements FailureTranslation {
    private static final Logger log = LoggerFactory.getLogger(DatabaseProblems.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    @Override
    public Optional<ProblemException> translate(Throwable failure) {
        return DatabaseFailure.of(failure).map(kind -> {
            log.warn(
                    "database failed a request kind={} cause=\"{}\"",
                    kind,
                    NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
            return problem(kind, failure);
        });
    }

    private static ProblemException problem(DatabaseFailure kind, Throwable failure) {
        return switch (kind) {
            case FULL ->
                new ProblemException(
                                ProblemType.STORAGE_FULL,
                                "The disk of the database is full, so nothing was changed. Tell the operator to make room, then repeat the request.",
                                failure)
                        .retryAfter(RETRY_AFTER);
            case GONE ->
                unavailable(
                        "The database cannot be reached. What this request was to change may have happened or not; repeat it.",
                        failure);
            case BUSY ->
                unavailable("The database is busy with other changes, so nothing was changed. Try again.", failure);
            case DAMAGED ->
                unavailable("The database is damaged. Tell the operator to restore it from a backup.", failure);
        };
    }

    private static ProblemException unavailable(String detail, Throwable failure) {
        return new ProblemException(ProblemType.DATABASE_UNAVAILABLE, detail, failure).retryAfter(RETRY_AFTER);
    }
}
