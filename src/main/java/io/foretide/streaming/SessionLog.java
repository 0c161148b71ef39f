package io.foretide.streaming;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The right of one live session to be written, and how far it is. Ends when somebody else takes the session over. */
final class SessionLog {
    private static final Logger logger = LoggerFactory.getLogger(SessionLog.class);

    private final long id;

    private final int epoch;

    /** Whether the shard holds steps that are not written. Guarded by the shard. */
    boolean waiting;

    /** Whether nothing may be appended any more. Written by the journal's thread, guarded by the shard. */
    boolean ended;

    /** The count of the last step that was appended. Guarded by the shard. */
    long appended;

    /** About how many steps networks make to walk again what was appended since the last settlement. Guarded by the shard. */
    long work;

    /** About how many steps networks make to walk again what follows the newest state that is kept. Guarded by the shard, and read by who appends. */
    long toWalk;

    /** The count of the newer base that is stored. Guarded by the shard. */
    long stored;

    private volatile long durable;
    private volatile @Nullable LiveSession live;
    private volatile boolean takenOver;

    SessionLog(long id, int epoch, History history) {
        this.id = id;
        this.epoch = epoch;
        this.appended = history.seq();
        this.durable = history.seq();
        this.stored = history.newer().seq();
        this.toWalk = history.stepsAfter(history.latest().seq()).stream()
                .mapToLong(Step::work)
                .sum();
    }

    /** The number of the session: never given twice, and what its token names. */
    long id() {
        return id;
    }

    /** What tells its steps from those of the session's logs before it, which count no more. */
    int epoch() {
        return epoch;
    }

    /** A step as it is to be appended: with the state after it, where too much would have to be walked again without. */
    Step keeping(Step step, byte[] state) {
        return toWalk + step.work() > Step.MOST_WORK ? new Step.Milestone(step, state) : step;
    }

    /** Up to which count all is there after any crash. Any thread. */
    long durable() {
        return durable;
    }

    void durable(long seq) {
        durable = seq;
        LiveSession session = live;
        if (session != null) {
            safely(() -> session.durable(seq));
        }
    }

    /**
     * Names the session to ask and to tell. Once, before the first step is appended. If it has been taken over already, that is
     * told at once; perhaps twice.
     */
    void attach(LiveSession session) {
        live = session;
        if (takenOver) {
            session.takenOver();
        }
    }

    /** Tells that somebody else goes on with the session. */
    void takenOver() {
        takenOver = true;
        LiveSession session = live;
        if (session != null) {
            safely(session::takenOver);
        }
    }

    /** Where the session stands; empty where nobody can say. */
    Optional<Base> base() {
        var base = new Base[1];
        LiveSession session = live;
        if (session != null) {
            safely(() -> base[0] = session.base());
        }
        return Optional.ofNullable(base[0]);
    }

    /** What is wrong with one session must not stop the journal of all. */
    private void safely(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException e) {
            logger.error("session did not answer its journal id={}", id, e);
        }
    }
}
