package io.foretide.streaming;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** The sessions in memory: brings them there from the store when they are wanted, and back when nobody wants them. */
final class LiveSessions {
    private final Journal journal;
    private final SessionChanges changes;
    private final SessionMetrics metrics;
    private final Limits limits;
    private final Executor workers;
    private final Map<Long, Session> live = new ConcurrentHashMap<>();

    /** Those that rest and belong to a connection here, which a token may wake as well. */
    private final Map<Long, Session> resting = new ConcurrentHashMap<>();

    private final OwedAcks acks = new OwedAcks();
    private volatile boolean draining;

    /**
     * @param most how many there may be for long
     * @param idleTime after how long without use one leaves
     * @param drainTime how long clients wait that come while this process ends
     */
    record Limits(int most, Duration idleTime, Duration drainTime) {}

    LiveSessions(Journal journal, SessionChanges changes, SessionMetrics metrics, Limits limits, Executor workers) {
        this.journal = journal;
        this.changes = changes;
        this.metrics = metrics;
        this.limits = limits;
        this.workers = workers;
        metrics.watch(live::size, this::stateBytes);
    }

    private long stateBytes() {
        return live.values().stream().mapToLong(Session::stateBytes).sum();
    }

    /** One that has just been kept, or claimed. */
    void add(Session session) {
        live.put(session.id(), session);
    }

    /** The session of that number; on its way into memory where it is not there. */
    Session get(long id) {
        Session there = live.get(id);
        there = there == null ? resting.get(id) : there;
        if (there != null) {
            return there;
        }
        var loading = new Session(this, "", id);
        load(loading);
        return live.getOrDefault(id, loading);
    }

    /** Brings a session into memory that is on its way there, and has it do what waits. */
    void load(Session session) {
        if (draining) {
            unloaded(session, SessionProblems.draining(limits.drainTime()));
            return;
        }
        Session other = live.putIfAbsent(session.id(), session);
        resting.remove(session.id(), session);
        if (other != null && other != session) {
            replace(session, other);
            return;
        }
        changes.load(session)
                .whenCompleteAsync(
                        (source, failure) -> {
                            if (failure == null) {
                                metrics.resumed(source);
                                fail(session.takeMisnamed(), SessionProblems.invalidToken());
                                session.goOn();
                            } else {
                                unloaded(session, changes.explain(failure, "session load"));
                            }
                        },
                        workers);
    }

    private void unloaded(Session session, ProblemException problem) {
        if (problem.type() == ProblemType.SESSION_ELSEWHERE) {
            takenOver(session);
            return;
        }
        boolean goneForGood = problem.type().status() == 410;
        leaveMemory(session);
        if (goneForGood) {
            Client owner = session.owner();
            forget(session);
            if (owner != null) {
                owner.send(new ServerMessage.Closed(null, session.name(), session.seq(), CloseReason.EXPIRED));
                metrics.closed(CloseReason.EXPIRED);
            }
        }
        fail(goneForGood ? session.end() : session.stayAsleep(), problem);
    }

    /** What is left of it waits to be found by its connection, or by its token. */
    private void leaveMemory(Session session) {
        resting.put(session.id(), session); // first, so that it is found all the time
        live.remove(session.id(), session);
        if (session.owner() == null) {
            leave(session);
        }
    }

    /** A session that rests has no connection any more: it is found in the store. */
    void leave(Session session) {
        resting.remove(session.id(), session);
    }

    /** The same session is in memory already: somebody with its token brought it there. */
    private void replace(Session asleep, Session other) {
        Client owner = asleep.owner();
        if (owner != null && other.owner() != null && other.owner() != owner) {
            takenOver(asleep);
            return;
        }
        if (owner != null) {
            owner.sessions().replace(asleep.name(), asleep, other);
            fail(other.belongTo(owner), SessionProblems.elsewhere(other.name()));
        }
        asleep.end().forEach(other::offer);
        other.step();
    }

    /** It is in memory no more, and belongs to nobody. */
    void forget(Session session) {
        live.remove(session.id(), session);
        resting.remove(session.id(), session);
        Client owner = session.owner();
        if (owner != null) {
            owner.sessions().remove(session.name(), session);
        }
    }

    static void fail(List<Task> tasks, ProblemException problem) {
        tasks.forEach(task -> task.fail(problem));
    }

    /** Somebody else has the session. */
    void takenOver(Session session) {
        long seq = session.seq();
        Client owner = session.owner();
        forget(session);
        List<Task> left = session.end();
        workers.execute(() -> {
            if (owner != null) {
                owner.send(new ServerMessage.Closed(null, session.name(), seq, CloseReason.TAKEN_OVER));
                metrics.closed(CloseReason.TAKEN_OVER);
            }
            fail(left, SessionProblems.elsewhere(session.name()));
        });
    }

    /** More of the session is durable than its client knows; told by the journal's thread. */
    void durable(Session session) {
        if (session.owner() != null) {
            acks.add(session);
        }
    }

    /** Lets sessions rest that nobody uses, and tells how far quiet ones are durable. */
    void tick() {
        acks.tell();
        long now = System.nanoTime();
        long idle = now - limits.idleTime().toNanos();
        for (Session session : SessionRoom.toRest(live.values(), limits.most(), idle, now)) {
            rest(session, now);
        }
    }

    /** Begins to bring a session out of memory; done at once where it is in use. */
    private CompletableFuture<Void> rest(Session session, long unusedSince) {
        if (!session.seize(unusedSince)) {
            return CompletableFuture.completedFuture(null);
        }
        return journal.release(session.log())
                .handleAsync(
                        (_, failure) -> {
                            if (failure != null) {
                                session.goOn(); // it stays, and is asked again
                                return null;
                            }
                            leaveMemory(session);
                            if (session.rest()) {
                                load(session);
                            }
                            return null;
                        },
                        workers);
    }

    /** From now on there are no new ones, and none comes into memory. */
    void drain() {
        draining = true;
    }

    /** Brings all sessions out of memory, those in use as soon as they are not; done when they are in the store. */
    CompletableFuture<Void> restAll() {
        long now = Long.MAX_VALUE / 2 + System.nanoTime();
        return CompletableFuture.allOf(
                live.values().stream().map(session -> rest(session, now)).toArray(CompletableFuture<?>[]::new));
    }

    int inMemory() {
        return live.size();
    }

    /** Fails where this process is about to end. */
    void requireNotDraining() {
        if (draining) {
            throw SessionProblems.draining(limits.drainTime());
        }
    }
}
