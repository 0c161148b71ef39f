package io.foretide.streaming;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Some of the sessions of this process, with the steps of theirs that wait to be written.
 *
 * <p>Neighbours among sessions lie in one shard, and are written together: so they are on the same pages of the database.
 */
final class JournalShard {
    static final int COUNT = 256;

    private static final int NEIGHBOURS = 4; // 2⁴ in a row
    private static final int ROOM = 512;

    /** Room beyond is given back once it is not needed. */
    private static final int MOST_ROOM = 1 << 18;

    private final int number;

    /** The sessions of this process. The journal's thread only. */
    final Map<Long, SessionLog> live = new HashMap<>();

    /** How many bytes the log has, about. The journal's thread only. */
    long logged;

    private ByteSink entries = new ByteSink(ROOM);
    private List<SessionLog> touched = new ArrayList<>();
    private boolean overdue;

    JournalShard(int number) {
        this.number = number;
    }

    static int of(long session) {
        return (int) (session >> NEIGHBOURS) & (COUNT - 1);
    }

    int number() {
        return number;
    }

    /** Keeps a step until the next round, and gives how many bytes it takes. */
    synchronized int append(SessionLog log, Step step) {
        if (log.ended) {
            throw JournalProblems.takenOver();
        }
        if (step.seq() <= log.appended) {
            throw new IllegalArgumentException("step " + step.seq() + " follows " + log.appended);
        }
        int before = entries.size();
        LogFormat.write(log.id(), log.epoch(), step, entries);
        log.appended = step.seq();
        if (!log.waiting) {
            log.waiting = true;
            touched.add(log);
        }
        log.toWalk = step instanceof Step.Milestone ? 0 : log.toWalk + step.work();
        log.work += step.work();
        overdue |= log.work > Step.MOST_WORK;
        return entries.size() - before;
    }

    /** What waits; empty where nothing does. */
    synchronized Optional<Pending> drain() {
        if (touched.isEmpty()) {
            return Optional.empty();
        }
        var reached = new ArrayList<Pending.Reached>(touched.size());
        for (SessionLog log : touched) {
            log.waiting = false;
            reached.add(new Pending.Reached(log, log.appended));
        }
        var pending = new Pending(number, entries.toByteArray(), reached);
        touched = new ArrayList<>(touched.size());
        entries.clear();
        if (entries.capacity() > MOST_ROOM) {
            entries = new ByteSink(ROOM);
        }
        return Optional.of(pending);
    }

    /** Whether a session has so many steps in the log that resuming it would take long. */
    synchronized boolean isOverdue() {
        return overdue;
    }

    /** The sessions whose newer base is at least so many observations back. */
    synchronized List<SessionLog> farFromBase(int kept) {
        return live.values().stream()
                .filter(log -> !log.ended && log.appended - log.stored >= kept)
                .toList();
    }

    /** After a settlement, whose newer bases are those. */
    synchronized void settled(Map<Long, Long> bases) {
        overdue = false;
        bases.forEach((session, seq) -> {
            SessionLog log = live.get(session);
            if (log != null) {
                log.stored = seq;
                log.work = 0;
            }
        });
    }

    synchronized void begin(SessionLog log) {
        live.put(log.id(), log);
    }

    synchronized void end(SessionLog log) {
        log.ended = true;
        live.remove(log.id(), log);
    }
}
