package io.foretide.streaming;

import io.foretide.problem.ProblemException;
import io.foretide.registry.ModelReference;
import java.util.ArrayDeque;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One walk that is kept between messages: its state as bytes, how far it is, and what waits for its turn. Tasks are done one
 * after the other, in the order in which they came.
 *
 * <pre>
 *   resting ── wake ──▶ loading ──▶ live ◀── tasks one by one
 *      ▲                              │
 *      └────────── released ──────────┘
 * </pre>
 *
 * A session that rests has neither state nor log: both are in the store.
 */
final class Session implements LiveSession {
    /** More wait nowhere: a client that sends without reading is refused. */
    private static final int MOST_WAITING = 8192;

    private final LiveSessions sessions;
    private volatile String name;
    private volatile long id;
    private volatile @Nullable Client owner;
    private volatile long lastUsed;

    private final ArrayDeque<Task> waiting = new ArrayDeque<>(2);

    private enum Phase {
        RESTING,
        LOADING,
        LIVE,
        OVER
    }

    private Phase phase = Phase.LOADING;

    /** Whether it is in the queue of a stepper, or in the hands of whoever does its task or loads it. */
    private boolean busy = true;

    private @Nullable SessionLog log;
    private OptionalInt released = OptionalInt.empty();
    private @Nullable Stepping stepper;
    private @Nullable SessionSettings settings;
    private @Nullable ModelReference reference;
    private byte @Nullable [] state;
    private long seq;
    private long scored;
    private long inside;

    /** The last durable count that the client was told of. */
    private long told;

    /** Answers that wait until what they answer is durable. */
    private @Nullable HeldAnswers held;

    /** Whether it stands among those that are owed an acknowledgement. */
    private boolean owed;

    /** Of a session that is in the store, or about to be. */
    Session(LiveSessions sessions, String name, long id) {
        this.sessions = sessions;
        this.name = name;
        this.id = id;
        this.lastUsed = System.nanoTime();
    }

    String name() {
        return name;
    }

    /** The number that its token names; 0 until it is kept for the first time. */
    long id() {
        return id;
    }

    @Nullable
    Client owner() {
        return owner;
    }

    /** A connection that it may belong to is gone; what that has asked before is done. */
    synchronized void leftBy(Client client) {
        if (owner == client) {
            owner = null;
            sessions.leave(this);
        }
    }

    /** Gives it to a connection, and takes out what another one has asked of it that is not done. */
    synchronized List<Task> belongTo(Client client) {
        owner = client;
        return take(task -> task.by() != null && task.by() != client);
    }

    private List<Task> take(Predicate<Task> those) {
        List<Task> taken = waiting.stream().filter(those).toList();
        waiting.removeIf(those);
        return taken;
    }

    /** When it was last asked for something, in nanoseconds of the system's clock. */
    long lastUsed() {
        return lastUsed;
    }

    /** Lines a task up; it fails where too many wait, the session is over, or belongs to another connection by now. */
    void offer(Task task) {
        boolean idle = false, asleep = false;
        ProblemException refusal;
        synchronized (this) {
            refusal = refusal(task);
            if (refusal == null) {
                waiting.add(task);
                lastUsed = System.nanoTime();
                asleep = phase == Phase.RESTING;
                phase = asleep ? Phase.LOADING : phase;
                idle = !busy;
                busy = true;
            }
        }
        if (refusal != null) {
            task.fail(refusal);
        } else if (asleep) {
            sessions.load(this);
        } else if (idle) {
            queue();
        }
    }

    private @Nullable ProblemException refusal(Task task) {
        if (phase == Phase.OVER) {
            return SessionProblems.unknown(name);
        }
        if (task.by() != null && task.by() != owner) {
            return SessionProblems.elsewhere(name);
        }
        return waiting.size() >= MOST_WAITING ? SessionProblems.tooMuchWaits(MOST_WAITING) : null;
    }

    /** Lines a task up before all others. */
    synchronized void offerFirst(Task task) {
        waiting.addFirst(task);
    }

    private void queue() {
        present(stepper).ready(this);
    }

    /** The next task; null where there is none, and then it is idle. */
    synchronized @Nullable Task next() {
        Task task = waiting.poll();
        busy = task != null;
        return task;
    }

    /** The task is done; the next one may follow. */
    void done() {
        synchronized (this) {
            busy = !waiting.isEmpty();
            if (!busy) {
                return;
            }
        }
        queue();
    }

    /** As {@link #done}, and steps on. */
    void goOn() {
        done();
        step();
    }

    /** Has what waits stepped, unless somebody does so already. */
    void step() {
        Stepping itsStepper;
        synchronized (this) {
            itsStepper = stepper;
        }
        if (itsStepper != null) {
            itsStepper.step();
        }
    }

    synchronized boolean isLive() {
        return phase == Phase.LIVE;
    }

    /** Takes hold of it, if nothing waits and nobody has used it since then; whoever asked says when it is done. */
    synchronized boolean seize(long unusedSince) {
        if (busy || phase != Phase.LIVE || lastUsed - unusedSince > 0) {
            return false;
        }
        busy = true;
        return true;
    }

    /** Takes out what is meant for a session of another name: those who sent it had only its token. */
    synchronized List<Task> takeMisnamed() {
        return take(task -> task.session() != null && !name.equals(task.session()));
    }

    /** Ends it here, and gives what was waiting. */
    synchronized List<Task> end() {
        phase = Phase.OVER;
        leaveMemory();
        return take(_ -> true);
    }

    /** The epoch in which it was last brought to rest; empty where it never was. */
    synchronized OptionalInt released() {
        return released;
    }

    /** Becomes live, or another than it was: as it is in the store, under a log of its own. */
    void begin(StoredSession stored, SessionLog itsLog, Stepping itsStepper, Base at) {
        synchronized (this) {
            itsStepper.joined();
            leaveMemory();
            phase = Phase.LIVE;
            name = stored.name();
            id = itsLog.id();
            log = itsLog;
            stepper = itsStepper;
            reference = stored.reference();
            settings = stored.settings().shared();
            state = at.state().clone();
            seq = at.seq();
            scored = at.scored();
            inside = at.inside();
            told = itsLog.durable();
        }
        itsLog.attach(this);
    }

    /** It cannot be loaded now, and perhaps later; gives what was waiting. */
    synchronized List<Task> stayAsleep() {
        phase = Phase.RESTING;
        return take(_ -> true);
    }

    /** Leaves memory, as all of it is in the store; says whether something waits already for which it has to come back. */
    synchronized boolean rest() {
        released = OptionalInt.of(log().epoch());
        leaveMemory();
        busy = true; // until it is live again
        phase = waiting.isEmpty() ? Phase.RESTING : Phase.LOADING;
        return phase == Phase.LOADING;
    }

    private void leaveMemory() {
        log = null;
        state = null;
        settings = null;
        reference = null;
        if (stepper != null) {
            stepper.left();
        }
        stepper = null;
    }

    /** Fails where the session has left memory, or this process, while something was about to be done with it. */
    private <T> T present(@Nullable T part) {
        if (part == null) {
            throw SessionProblems.elsewhere(name);
        }
        return part;
    }

    SessionLog log() {
        return present(log);
    }

    SessionSettings settings() {
        return present(settings);
    }

    ServedVersion version() {
        return present(stepper).version();
    }

    /** The memory that its state takes; 0 where it is not there. */
    synchronized long stateBytes() {
        return state == null ? 0 : state.length;
    }

    /** How many numbers the answer to one observation holds; 0 where that is not known yet. */
    synchronized long numbers() {
        return settings == null || stepper == null || settings.emit() == Emit.NONE
                ? 0
                : stepper.version().numbers(settings);
    }

    /** What it would be in the store, with that history. */
    StoredSession stored(History history) {
        return new StoredSession(name, reference(), version().number(), settings(), history);
    }

    ModelReference reference() {
        return present(reference);
    }

    /** As bytes; not to be changed but by {@link #advance}. */
    byte[] state() {
        return present(state);
    }

    long seq() {
        return seq;
    }

    /** How many steps it has walked, where its version counts times by them. */
    long steps() {
        return version().steps(state());
    }

    long scored() {
        return scored;
    }

    long inside() {
        return inside;
    }

    /**
     * Keeps a step and the state after it. Where the journal refuses the step, nothing has happened.
     *
     * @param storing writes a state over bytes that had the one before, and gives those that have it now
     */
    synchronized void advance(
            Journal journal, Step step, boolean wasScored, boolean wasInside, UnaryOperator<byte[]> storing) {
        journal.append(log(), step);
        state = storing.apply(state());
        seq = step.seq();
        scored += wasScored ? 1 : 0;
        inside += wasInside ? 1 : 0;
    }

    @Override
    public synchronized Base base() {
        return new Base(seq, state().clone(), scored, inside);
    }

    /** How far it is durable as far as this process knows, which the client is about to be told. */
    synchronized long tell() {
        told = log == null ? told : log.durable();
        return told;
    }

    /** Has to be told how far it is durable; false where that is known already. */
    synchronized boolean oweAck() {
        boolean first = !owed;
        owed = true;
        return first;
    }

    /** Whether the client has still not been told, now that it is about to be. */
    synchronized boolean payAck() {
        owed = false;
        return log != null && log.durable() > told;
    }

    /** Has an answer wait until what it answers is durable; for ever, where somebody has taken the session over. */
    void hold(long until, Runnable answer) {
        synchronized (this) {
            if (log == null || log.durable() < until) {
                held = held == null ? new HeldAnswers() : held;
                held.add(until, answer);
                return;
            }
        }
        answer.run();
    }

    @Override
    public void durable(long upTo) {
        for (Runnable answer = due(upTo); answer != null; answer = due(upTo)) {
            answer.run();
        }
        sessions.durable(this);
    }

    private synchronized @Nullable Runnable due(long upTo) {
        return held == null ? null : held.due(upTo);
    }

    @Override
    public void takenOver() {
        sessions.takenOver(this);
    }
}
