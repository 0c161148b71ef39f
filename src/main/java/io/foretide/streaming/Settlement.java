package io.foretide.streaming;

import io.foretide.streaming.ByteSource.UnreadableException;
import io.foretide.streaming.LogTable.Tail;
import io.foretide.streaming.SessionTable.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the rows of one shard of a writer up to its log, which is emptied: so neither grows for ever.
 *
 * <p>Whoever does it holds the row of the writer locked.
 */
final class Settlement {
    private static final Logger log = LoggerFactory.getLogger(Settlement.class);

    /** The row's expiry moves on when this share of its time to live is over: nearly never, and soon enough. */
    private static final int STALE_SHARE = 8;

    private final JournalStore store;
    /** Where sessions stand that are in memory; nothing beyond the log is in these. */
    private final Map<Long, Base> bases;

    private final Map<Long, Long> moved = new HashMap<>();

    Settlement(JournalStore store, Map<Long, Base> bases) {
        this.store = store;
        this.bases = bases;
    }

    /** A settlement of sessions that are in nobody's memory. */
    static Settlement ofAnother(JournalStore store) {
        return new Settlement(store, Map.of());
    }

    /** The counts of the newer bases that were written. */
    Map<Long, Long> moved() {
        return Map.copyOf(moved);
    }

    /** Writes what the log and what waits behind it have; the sessions stay the writer's. */
    void write(String writer, int shard, @Nullable Pending behind) {
        write(writer, writer, shard, behind);
    }

    /** Writes what the log has, and leaves the sessions to whoever wants them. */
    void writeAndRelease(String writer, int shard) {
        write(writer, null, shard, null);
    }

    private void write(String writer, @Nullable String next, int shard, @Nullable Pending behind) {
        Tail tail = store.log().read(writer, shard, _ -> true);
        if (behind != null) {
            LogTable.add(tail.entries(), behind.entries(), _ -> true, writer);
        }
        Set<Long> sessions = tail.entries().sessions();
        List<Row> rows = store.sessions().find(sessions).stream()
                .filter(row -> writer.equals(row.writer()))
                .flatMap(row -> written(row, tail, next).stream())
                .toList();
        store.sessions().update(rows);
        store.log().delete(writer, shard);
    }

    private Optional<Row> written(Row row, Tail tail, @Nullable String next) {
        try {
            History history =
                    HistoryFormat.read(row.history()).with(tail.entries().of(row.id(), row.epoch()));
            Base base = bases.get(row.id());
            if (base != null) {
                history = history.movedTo(base, store.kept());
            }
            moved.put(row.id(), history.newer().seq());
            return Optional.of(
                    new Row(row.id(), row.epoch(), next, HistoryFormat.write(history), row.ttl(), expiry(row, next)));
        } catch (UnreadableException e) {
            log.error("session unreadable, not written on id={}", row.id(), e);
            return Optional.empty();
        }
    }

    private Instant expiry(Row row, @Nullable String next) {
        Instant now = store.clock().instant();
        Duration left = Duration.between(now, row.expiresAt());
        boolean stale = left.compareTo(row.ttl().minus(row.ttl().dividedBy(STALE_SHARE))) < 0;
        return next == null || stale ? now.plus(row.ttl()) : row.expiresAt();
    }

    /** Where the sessions of a shard stand that are far from what is stored of them. */
    static Map<Long, Base> bases(JournalShard shard, int kept) {
        var bases = new HashMap<Long, Base>();
        for (SessionLog far : new ArrayList<>(shard.farFromBase(kept))) {
            far.base().ifPresent(base -> bases.put(far.id(), base));
        }
        return bases;
    }
}
