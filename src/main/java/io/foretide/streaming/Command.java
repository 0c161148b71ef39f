package io.foretide.streaming;

import io.foretide.problem.ProblemException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Something asked of the journal that is done in a round.
 *
 * <p>What it comes to is known within the transaction, and told only after its commit; a round that is tried again finds it anew.
 */
sealed interface Command {
    Answer<?> answer();

    /** A new session. */
    record Open(StoredSession session, Answer<SessionLog> answer) implements Command {}

    /** All that is durable of a session of this process. */
    record Read(SessionLog log, Answer<History> answer) implements Command {}

    /** The question whether a session still is this process's. */
    record Confirm(SessionLog log, Answer<Void> answer) implements Command {}

    /** A session written anew. */
    record Replace(SessionLog log, StoredSession session, Answer<SessionLog> answer) implements Command {}

    /** A session that nobody has any more. */
    record Release(SessionLog log, @Nullable Base base, Answer<Void> answer) implements Command {}

    /** A session that is no more. */
    record Remove(SessionLog log, Answer<Void> answer) implements Command {}

    /** What is told to whoever asked. The journal's thread only, but for the future. */
    final class Answer<T> {
        private final CompletableFuture<T> future = new CompletableFuture<>();
        private @Nullable T result;
        private @Nullable Throwable failure;

        CompletableFuture<T> future() {
            return future;
        }

        /** Nothing is known of it yet, or any more. */
        void clear() {
            result = null;
            failure = null;
        }

        void become(@Nullable T value) {
            result = value;
        }

        void fail(ProblemException problem) {
            failure = problem;
        }

        boolean hasFailed() {
            return failure != null;
        }

        @Nullable
        T result() {
            return result;
        }

        /** Tells what it came to. */
        void tell() {
            if (failure == null) {
                future.complete(result);
            } else {
                future.completeExceptionally(failure);
            }
        }
    }
}
