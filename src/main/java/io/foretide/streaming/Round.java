package io.foretide.streaming;

import io.foretide.streaming.ByteSource.UnreadableException;
import io.foretide.streaming.Command.Confirm;
import io.foretide.streaming.Command.Open;
import io.foretide.streaming.Command.Read;
import io.foretide.streaming.Command.Release;
import io.foretide.streaming.Command.Remove;
import io.foretide.streaming.Command.Replace;
import io.foretide.streaming.LogTable.Tail;
import io.foretide.streaming.SessionTable.New;
import io.foretide.streaming.SessionTable.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the journal writes in one transaction: the steps that wait, settlements, and what else was asked for. It may be tried
 * more than once, and is then the same again.
 */
final class Round {
    private final List<Pending> pending;
    private final Map<Integer, Settlement> settlements;
    private final List<Command> commands;

    /** @param settlements by shard */
    Round(List<Pending> pending, Map<Integer, Settlement> settlements, List<Command> commands) {
        this.pending = pending;
        this.settlements = settlements;
        this.commands = commands;
    }

    /** So that the row of the writer says that it is alive. */
    static Round ofNothing() {
        return new Round(List.of(), Map.of(), List.of());
    }

    boolean isEmpty() {
        return pending.isEmpty() && settlements.isEmpty() && commands.isEmpty();
    }

    List<Pending> pending() {
        return pending;
    }

    Map<Integer, Settlement> settlements() {
        return settlements;
    }

    List<Command> commands() {
        return commands;
    }

    /** Writes all of it as that round of the writer, within a transaction that holds the writer. */
    void write(JournalStore store, String writer, long round) {
        new Writing(store, writer).write(round);
    }

    /** One try. */
    private final class Writing {
        private final JournalStore store;
        private final String writer;
        private final Instant now;
        private final Map<Integer, Tail> tails = new HashMap<>();

        Writing(JournalStore store, String writer) {
            this.store = store;
            this.writer = writer;
            this.now = store.clock().instant();
        }

        void write(long round) {
            List<Pending> logged = pending.stream()
                    .filter(some -> !settlements.containsKey(some.shard()))
                    .toList();
            if (!logged.isEmpty()) {
                store.log().insert(writer, round, logged);
            }
            settlements.forEach((shard, settlement) -> settlement.write(writer, shard, waiting(shard)));
            commands.forEach(command -> command.answer().clear());
            open(commands.stream()
                    .filter(Open.class::isInstance)
                    .map(Open.class::cast)
                    .toList());
            commands.forEach(this::write);
        }

        private @Nullable Pending waiting(int shard) {
            return pending.stream()
                    .filter(some -> some.shard() == shard)
                    .findFirst()
                    .orElse(null);
        }

        private void open(List<Open> wanted) {
            if (wanted.isEmpty()) {
                return;
            }
            Set<String> taken = new HashSet<>(store.sessions()
                    .taken(wanted.stream().map(open -> open.session().name()).toList()));
            var rows = new ArrayList<New>();
            for (Open open : wanted) {
                StoredSession session = open.session();
                if (!taken.add(session.name())) {
                    open.answer().fail(JournalProblems.nameTaken(session.name()));
                } else if (!store.sessions().hasVersion(session)) {
                    open.answer().fail(JournalProblems.versionGone(session));
                } else {
                    long id = store.sessions().newId();
                    rows.add(new New(id, session));
                    open.answer().become(new SessionLog(id, 1, session.history()));
                }
            }
            // In one order, so that two processes that open the same names never wait for each other.
            rows.sort(Comparator.comparing(row -> row.session().name()));
            store.sessions().insert(writer, rows, now);
        }

        private void write(Command command) {
            switch (command) {
                case Open _ -> {} // all at once
                case Read read -> {
                    if (isOurs(read.log(), read)) {
                        read(read);
                    }
                }
                case Confirm confirm -> isOurs(confirm.log(), confirm);
                case Replace replace -> {
                    if (isOurs(replace.log(), replace)) {
                        replace(replace);
                    }
                }
                case Release release -> {
                    if (isOurs(release.log(), release)) {
                        release(release);
                    }
                }
                case Remove remove -> {
                    if (isOurs(remove.log(), remove)) {
                        store.sessions().delete(remove.log().id());
                    }
                }
            }
        }

        private boolean isOurs(SessionLog log, Command command) {
            if (log.ended) {
                command.answer().fail(JournalProblems.takenOver());
            }
            return !log.ended;
        }

        private void read(Read read) {
            try {
                read.answer().become(history(row(read.log())));
            } catch (UnreadableException e) {
                read.answer().fail(JournalProblems.unreadable(e));
            }
        }

        private void replace(Replace replace) {
            long id = replace.log().id();
            int epoch = replace.log().epoch() + 1;
            if (store.sessions().replace(id, epoch, replace.session(), now)) {
                replace.answer()
                        .become(new SessionLog(id, epoch, replace.session().history()));
            } else {
                replace.answer().fail(JournalProblems.expired());
            }
        }

        private void release(Release release) {
            Row row = row(release.log());
            byte[] history = row.history();
            try {
                History all = history(row);
                Base base = release.base();
                history = HistoryFormat.write(base == null ? all : all.movedTo(base, store.kept()));
            } catch (UnreadableException _) {
                // Stays as it is, for a release that can read it.
            }
            store.sessions()
                    .update(List.of(new Row(row.id(), row.epoch(), null, history, row.ttl(), now.plus(row.ttl()))));
        }

        private Row row(SessionLog log) {
            return store.sessions().find(List.of(log.id())).stream().findFirst().orElseThrow(JournalProblems::expired);
        }

        private History history(Row row) {
            List<Step> steps = tail(JournalShard.of(row.id())).entries().of(row.id(), row.epoch());
            return HistoryFormat.read(row.history()).with(steps);
        }

        /** Read once for all that is asked of a shard. */
        private Tail tail(int shard) {
            return tails.computeIfAbsent(shard, _ -> {
                var wanted = new HashSet<Long>();
                for (Command command : commands) {
                    switch (command) {
                        case Read read -> wanted.add(read.log().id());
                        case Release release -> wanted.add(release.log().id());
                        case Open _, Confirm _, Replace _, Remove _ -> {}
                    }
                }
                return store.log().read(writer, shard, wanted::contains);
            });
        }
    }
}
