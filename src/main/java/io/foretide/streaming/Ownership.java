package io.foretide.streaming;

import io.foretide.streaming.WriterTable.Standing;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process as one of the writers of sessions: which of them are still its own, and which was its last transaction.
 *
 * <p>The journal's thread only.
 */
final class Ownership {
    private static final Logger log = LoggerFactory.getLogger(Ownership.class);
    private static final Standing NEW = new Standing(0, 0);

    private final JournalStore store;
    private String writer = "";
    private Standing standing = NEW;

    /** What became of an attempt to write a round. */
    enum Attempt {
        /** It is committed. */
        WRITTEN,
        /** Nothing is written: sessions were taken from this process meanwhile, which has to look which. */
        FENCED
    }

    Ownership(JournalStore store) {
        this.store = store;
    }

    /** The name of this process among writers; another one after it was taken for dead. */
    String writer() {
        return writer;
    }

    /** Whether no session can have been taken since the last look; asks the database. */
    boolean isUndisturbed() {
        return store.writers().find(writer).equals(Optional.of(standing));
    }

    /**
     * Writes a round, all of it or nothing, unless an attempt at it has been committed before. An exception leaves open which;
     * the next attempt finds out.
     */
    Attempt write(Round round) {
        if (writer.isEmpty()) {
            return Attempt.FENCED;
        }
        Standing next = new Standing(standing.fence(), standing.round() + 1);
        Boolean written = store.transactions().execute(_ -> {
            if (store.writers().begin(writer, standing)) {
                round.write(store, writer, next.round());
                return true;
            }
            Optional<Standing> found = store.writers().find(writer);
            return found.isPresent() && found.get().round() == next.round();
        });
        if (!Boolean.TRUE.equals(written)) {
            return Attempt.FENCED;
        }
        standing = next;
        return Attempt.WRITTEN;
    }

    /** Within a transaction: whether this process stands as it knows, and keeps so to the end of it. */
    boolean lock() {
        return store.writers().lock(writer).equals(Optional.of(standing));
    }

    /** Finds out what was taken, and accepts it; whoever took it has all that was told to be durable. */
    void lookForTaken(Consumer<List<Long>> taken, Runnable all) {
        Optional<Standing> found = store.transactions().execute(_ -> {
            Optional<Standing> locked =
                    writer.isEmpty() ? Optional.empty() : store.writers().lock(writer);
            if (locked.isPresent()) {
                taken.accept(store.writers().lookForTaken(writer));
            }
            return locked;
        });
        if (found != null && found.isPresent()) {
            // The round stays what this process knows: it may have been committed unheard.
            standing = new Standing(found.get().fence(), standing.round());
        } else {
            all.run();
            begin();
        }
    }

    private void begin() {
        String name = UUID.randomUUID().toString();
        store.writers().register(name);
        writer = name;
        standing = NEW;
        log.info("sessions are written writer={}", writer);
    }

    /** Leaves nothing of this process where it has no session any more. */
    void end() {
        store.transactions().executeWithoutResult(_ -> {
            if (store.writers().lock(writer).isPresent()) {
                store.log().delete(writer);
                store.writers().delete(writer);
            }
        });
    }
}
