package io.foretide.kernel;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A few threads that work through numbered pieces together with their caller. Between two works they sleep; a piece goes to
 * whoever is free, so that nobody waits for a thread that gets no processor.
 */
public final class Crew implements AutoCloseable {
    /** What is done with a piece. */
    interface Work {
        void run(int piece);
    }

    private final Thread[] helpers;
    private @Nullable Work work;
    private int pieces;
    private int next;
    private int unfinished;
    private boolean closed;
    private @Nullable Throwable failure;

    /** @param threads at least 1, the caller's included */
    public Crew(int threads) {
        helpers = new Thread[threads - 1];
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] =
                    Thread.ofPlatform().daemon().name("training-" + (i + 1)).start(this::help);
        }
    }

    /** The caller's included. */
    int threads() {
        return helpers.length + 1;
    }

    /** Returns when all pieces are done. What the first failing piece threw is thrown. */
    void run(int count, Work newWork) {
        synchronized (this) {
            work = newWork;
            pieces = count;
            next = 0;
            unfinished = count;
            failure = null;
            notifyAll();
        }
        for (int piece = claim(); piece >= 0; piece = claim()) {
            finish(newWork, piece);
        }
        awaitOthers();
        if (failure instanceof RuntimeException runtime) {
            throw runtime;
        }
        if (failure instanceof Error error) {
            throw error;
        }
    }

    private synchronized int claim() {
        return next < pieces ? next++ : -1;
    }

    private void finish(Work current, int piece) {
        Throwable thrown = null;
        try {
            current.run(piece);
        } catch (RuntimeException | Error e) {
            thrown = e;
        }
        synchronized (this) {
            failure = failure == null ? thrown : failure;
            unfinished--;
            if (unfinished == 0) {
                notifyAll();
            }
        }
    }

    /** Even if interrupted: pieces under way write to the caller's memory. */
    private synchronized void awaitOthers() {
        boolean interrupted = false;
        while (unfinished > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void help() {
        while (true) {
            Work current;
            int piece;
            synchronized (this) {
                while (next >= pieces && !closed) {
                    try {
                        wait();
                    } catch (InterruptedException e) {
                        return; // nobody of ours interrupts a helper
                    }
                }
                if (closed) {
                    return;
                }
                piece = next++;
                current = Objects.requireNonNull(work);
            }
            finish(current, piece);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
