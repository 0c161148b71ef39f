package io.foretide.streaming;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.time.Duration;

/** What goes wrong with sessions that are kept, as clients are told. */
final class JournalProblems {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private JournalProblems() {}

    static ProblemException expired() {
        return new ProblemException(
                ProblemType.SESSION_GONE,
                "The session of this token is not kept any more: it was closed, or not used for its time to live. Open a new one.");
    }

    static ProblemException unreadable(Throwable cause) {
        return new ProblemException(
                ProblemType.SESSION_GONE,
                "What is kept of this session cannot be read by this release. Open a new one.",
                cause);
    }

    static ProblemException takenOver() {
        return new ProblemException(
                ProblemType.SESSION_ELSEWHERE,
                "The session goes on elsewhere, or has ended. Resume it by its token to have it back.");
    }

    static ProblemException nameTaken(String name) {
        return new ProblemException(
                ProblemType.SESSION_EXISTS,
                "There is a session named %s. Choose another name, or resume it by its token.".formatted(name));
    }

    static ProblemException versionGone(StoredSession session) {
        return new ProblemException(
                ProblemType.UNKNOWN_VERSION,
                "Version %d of %s has been deleted. Open the session on another one."
                        .formatted(session.version(), session.reference().model()));
    }

    /** What was asked is not done; an observation is not applied. */
    static ProblemException tooMuchWaits(long limit) {
        return new ProblemException(
                        ProblemType.DATABASE_UNAVAILABLE,
                        "More comes than the database keeps: %d bytes wait, which is the limit. This was not done; send it again."
                                .formatted(limit))
                .with("limit", limit)
                .retryAfter(RETRY_AFTER);
    }

    static ProblemException unavailable() {
        return new ProblemException(
                        ProblemType.DATABASE_UNAVAILABLE,
                        "The database cannot be reached, so that nothing is kept at present. Try again.")
                .retryAfter(RETRY_AFTER);
    }

    static ProblemException unavailable(Throwable cause) {
        return new ProblemException(
                        ProblemType.DATABASE_UNAVAILABLE,
                        "The database did not answer. What was asked may have happened or not; try again.",
                        cause)
                .retryAfter(RETRY_AFTER);
    }
}
