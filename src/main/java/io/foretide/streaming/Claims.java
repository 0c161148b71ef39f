package io.foretide.streaming;

import static java.util.stream.Collectors.toMap;

import io.foretide.streaming.ByteSource.UnreadableException;
import io.foretide.streaming.Command.Answer;
import io.foretide.streaming.Journal.Claimed;
import io.foretide.streaming.LogFormat.Entries;
import io.foretide.streaming.LogTable.Tail;
import io.foretide.streaming.SessionTable.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes sessions this process's: those that rest in the database, those of other processes, living or dead, and those that it
 * lost sight of itself.
 *
 * <pre>
 *   lock both writers, so that neither writes meanwhile
 *   the row, and behind it what the other's log has of its epoch     all that the other told to be durable, and perhaps more
 *   raise the epoch, and the fence of the other                      what the other may still write of it does not count
 * </pre>
 *
 * All claims of one shard of one writer are one transaction. The journal's thread only.
 */
final class Claims {
    /** Beyond so many bytes it is quicker to write all rows of the shard on than to look for a few sessions again and again. */
    private static final long LONG_LOG = 1 << 18;

    private final JournalStore store;
    private final Ownership ownership;

    /**
     * A session that somebody wants.
     *
     * @param released its epoch when it was released, where it is wanted only if nobody has had it since
     */
    record Wanted(long id, OptionalInt released, Answer<Claimed> answer) {
        boolean isMissed(Row row) {
            return released.isPresent() && released.getAsInt() != row.epoch();
        }
    }

    /** Those that are claimed together. */
    private record Group(@Nullable String writer, int shard) {}

    Claims(JournalStore store, Ownership ownership) {
        this.store = store;
        this.ownership = ownership;
    }

    /** Claims what it can, and gives what is left to be tried again, as somebody else was faster. Answers are told by the caller. */
    List<Wanted> claim(List<Wanted> wanted, Consumer<Answer<Claimed>> known) {
        Map<Long, Row> rows = rows(wanted);
        var groups = new HashMap<Group, List<Wanted>>();
        for (Wanted one : wanted) {
            Row row = rows.get(one.id());
            if (row == null) {
                one.answer().fail(JournalProblems.expired());
                known.accept(one.answer());
            } else {
                groups.computeIfAbsent(new Group(row.writer(), JournalShard.of(one.id())), _ -> new ArrayList<>())
                        .add(one);
            }
        }
        var left = new ArrayList<Wanted>();
        groups.forEach((group, some) -> left.addAll(claim(group, some, known)));
        return left;
    }

    private Map<Long, Row> rows(List<Wanted> wanted) {
        return byId(
                store.sessions().find(wanted.stream().map(Wanted::id).distinct().toList()));
    }

    private static Map<Long, Row> byId(List<Row> rows) {
        return rows.stream().collect(toMap(Row::id, Function.identity()));
    }

    private List<Wanted> claim(Group group, List<Wanted> wanted, Consumer<Answer<Claimed>> known) {
        Boolean done = store.transactions().execute(_ -> {
            wanted.forEach(one -> one.answer().clear());
            return claimAll(group, wanted);
        });
        if (!Boolean.TRUE.equals(done)) {
            return wanted;
        }
        var left = new ArrayList<Wanted>();
        for (Wanted one : wanted) {
            if (one.answer().result() == null && !one.answer().hasFailed()) {
                left.add(one);
            } else {
                known.accept(one.answer());
            }
        }
        return left;
    }

    /** False where this process has to look first what was taken from it. */
    private boolean claimAll(Group group, List<Wanted> wanted) {
        String other = group.writer();
        boolean otherWrites = lock(other);
        if (!ownership.lock()) {
            return false;
        }
        Entries entries = other == null || !otherWrites ? new Entries() : entries(other, group.shard(), wanted);
        Map<Long, Row> rows = rows(wanted);
        var claimed = new HashSet<Long>();
        for (Wanted one : wanted) {
            Row row = rows.get(one.id());
            if (row != null && one.isMissed(row)) {
                one.answer().fail(JournalProblems.takenOver());
            } else if (row != null && Objects.equals(row.writer(), other) && claimed.add(one.id())) {
                claim(one, row, entries);
            }
        }
        if (other != null && otherWrites && !other.equals(ownership.writer())) {
            store.writers().take(other, new ArrayList<>(claimed));
        }
        return true;
    }

    /** Locks both writers in one order, so that two that take from each other never wait for each other. */
    private boolean lock(@Nullable String other) {
        Set<String> both = new TreeSet<>();
        both.add(ownership.writer());
        if (other != null) {
            both.add(other);
        }
        boolean otherWrites = false;
        for (String writer : both) {
            boolean found = store.writers().lock(writer).isPresent();
            otherWrites |= found && writer.equals(other);
        }
        return otherWrites;
    }

    private Entries entries(String other, int shard, List<Wanted> wanted) {
        var ids = new HashSet<Long>();
        wanted.forEach(one -> ids.add(one.id()));
        Tail tail = store.log().read(other, shard, ids::contains);
        if (tail.size() < LONG_LOG) {
            return tail.entries();
        }
        Settlement.ofAnother(store).write(other, shard, null);
        return new Entries();
    }

    private void claim(Wanted one, Row row, Entries entries) {
        try {
            History history = HistoryFormat.read(row.history()).with(entries.of(row.id(), row.epoch()));
            StoredSession session = store.sessions().load(row.id(), history);
            Row claimed = new Row(
                    row.id(),
                    row.epoch() + 1,
                    ownership.writer(),
                    HistoryFormat.write(history),
                    row.ttl(),
                    store.clock().instant().plus(row.ttl()));
            if (store.sessions().claim(claimed, row.epoch())) {
                var log = new SessionLog(row.id(), claimed.epoch(), history);
                one.answer().become(new Claimed(session, log, source(row)));
            }
        } catch (UnreadableException e) {
            one.answer().fail(JournalProblems.unreadable(e));
        }
    }

    private SessionSource source(Row row) {
        boolean others = row.writer() != null && !row.writer().equals(ownership.writer());
        return others ? SessionSource.PROCESS : SessionSource.STORE;
    }
}
