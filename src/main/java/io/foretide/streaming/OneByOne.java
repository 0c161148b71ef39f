package io.foretide.streaming;

import io.foretide.network.UnreadableStateException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the tasks of each session by themselves, as nothing is shared but the weights. */
abstract sealed class OneByOne implements Stepping permits ClassifierStepper, WriterStepper {
    private static final Logger log = LoggerFactory.getLogger(OneByOne.class);

    final Stepper.Services services;
    private final Queue<Session> ready = new ConcurrentLinkedQueue<>();
    private final AtomicInteger sessions = new AtomicInteger();

    OneByOne(Stepper.Services services) {
        this.services = services;
    }

    @Override
    public final void joined() {
        sessions.incrementAndGet();
    }

    @Override
    public final void left() {
        sessions.decrementAndGet();
    }

    @Override
    public boolean isUsed() {
        return sessions.get() > 0 || isAnyReady();
    }

    @Override
    public final void ready(Session session) {
        ready.add(session);
    }

    final boolean isAnyReady() {
        return !ready.isEmpty();
    }

    /** Takes a session from the queue; null where none waits. */
    final @Nullable Session takeReady() {
        return ready.poll();
    }

    /** Begins the next task of a session. */
    final void begin(Session session) {
        Task task = session.next();
        if (task == null) {
            return;
        }
        try {
            if (walksOn(task) && services.migration().isDue(session)) {
                session.offerFirst(task);
                begin(session, new Task.Change(session.name(), services.migration()::begin, _ -> {}));
            } else if (task instanceof Task.Change change) {
                begin(session, change);
            } else {
                begin(session, task);
            }
        } catch (RuntimeException | UnreadableStateException failure) {
            finish(session, () -> task.fail(services.problems().explain(failure, "session step")));
        }
    }

    private static boolean walksOn(Task task) {
        return switch (task) {
            case Task.Observe _, Task.Read _, Task.Generate _ -> true;
            case Task.Ask _, Task.Classify _, Task.Change _ -> false;
        };
    }

    /** Whoever makes the change says when it is done. */
    private void begin(Session session, Task.Change change) {
        try {
            change.work().begin(session);
        } catch (RuntimeException failure) {
            change.fail(services.problems().explain(failure, "session change"));
            session.done();
        }
    }

    /** Begins what is no change. Where this fails nothing has happened; else {@link #finish} is called once. */
    abstract void begin(Session session, Task task) throws UnreadableStateException;

    /** Answers, and then lets the session go on: so its answers keep their order. Never fails: the task is over. */
    static void finish(Session session, Runnable answer) {
        try {
            answer.run();
        } catch (RuntimeException failure) {
            log.error("not answered", failure);
        } finally {
            session.done();
        }
    }

    /** As {@link #finish}, where a count is durable that the answer tells of, if that is asked for. */
    final void finish(Session session, long seq, Runnable answer) {
        finish(session, services.limits().durableFirst() ? () -> session.hold(seq, answer) : answer);
    }

    /** Answers a repeat. */
    static void passOver(Session session, long seq, Task.Answers answers) {
        finish(session, () -> {
            answers.warned(WarningCode.DUPLICATE, Intake.duplicate(session, seq));
            answers.acknowledged(session, answer(session, session.seq()));
        });
    }

    /** Where a session stands; its state is not to be changed. */
    static Base standing(Session session) {
        return new Base(session.seq(), session.state(), 0, 0);
    }

    static Task.Answer answer(Session session, long seq) {
        return new Task.Answer(seq, session.tell(), ServerMessage.Times.UNKNOWN);
    }
}
