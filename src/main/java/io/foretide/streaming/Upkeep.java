package io.foretide.streaming;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes sessions that expired, and brings to rest what dead processes left behind. A piece at a time, so that observations
 * never wait long for it. The journal's thread only.
 */
final class Upkeep {
    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
    private static final int MOST_AT_A_TIME = 500;

    private final JournalStore store;
    private final Duration writerTimeout;
    private final Deque<String> silent = new ArrayDeque<>();
    private boolean expiredLeft;

    Upkeep(JournalStore store, JournalProperties properties) {
        this.store = store;
        this.writerTimeout = properties.writerTimeout();
    }

    /** Finds what there is to do. */
    void look() {
        silent.clear();
        silent.addAll(store.writers().silentFor(writerTimeout));
        expiredLeft = true;
    }

    /** Does a piece of it; false where nothing is left. */
    boolean work(String us) {
        if (expiredLeft) {
            deleteExpired();
            return true;
        }
        String writer = silent.peek();
        if (writer == null) {
            return false;
        }
        if (writer.equals(us) || !bringToRest(writer)) {
            silent.remove();
        }
        return true;
    }

    private void deleteExpired() {
        int deleted = store.sessions().deleteExpired(store.clock().instant(), MOST_AT_A_TIME);
        expiredLeft = deleted == MOST_AT_A_TIME;
        if (deleted > 0) {
            log.info("sessions expired count={}", deleted);
        }
    }

    /** Writes one shard of a dead process on; with its last one the process is forgotten. False where nothing is left of it. */
    private boolean bringToRest(String writer) {
        return Boolean.TRUE.equals(store.transactions().execute(_ -> {
            if (!store.writers().lockIfSilent(writer, writerTimeout)) {
                return false;
            }
            List<Integer> shards = store.log().shards(writer);
            if (shards.isEmpty()) {
                // Sessions that name it are nobody's from here on.
                store.writers().delete(writer);
                log.info("writer of sessions forgotten writer={}", writer);
                return false;
            }
            Settlement.ofAnother(store).writeAndRelease(writer, shards.getFirst());
            return true;
        }));
    }
}
