package io.foretide.streaming;

import io.foretide.generation.Generated;
import io.foretide.generation.Generation;
import io.foretide.generation.SharedBatch;
import io.foretide.generation.TokenSink;
import io.foretide.network.UnreadableStateException;
import io.foretide.problem.ProblemException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Does the tasks of all sessions of one version that writes. Texts are read and continued a slice at a time, on a thread that may
 * be slow: between two slices others have their turn, of this version and of all others. All that is being continued advances in
 * the batch of the version, together with what requests over HTTP have continued.
 *
 * <p>A continuation whose reader is behind waits until that has caught up. One whose client has gone never was.
 */
final class WriterStepper extends OneByOne {
    private static final long SLICE_NANOS = 1_000_000;

    /** Characters that are read before the clock is looked at. */
    private static final int PIECE = 64;

    /** Sessions that are taken up at a time. */
    private static final int MOST_TURNS = 256;

    /** Tokens that are sent together at least, behind the first one: each by itself costs more to send than to write. */
    private static final int AT_ONCE = 8;

    /** How long to wait where all readers are behind. */
    private static final long BEHIND_MILLIS = 5;

    private final ServedWriter version;
    private final SharedBatch shared;
    private final SessionMetrics.OfWriter meters;
    private final AtomicBoolean stepping = new AtomicBoolean();

    // Only for whoever steps.
    private final ArrayDeque<Reading> readings = new ArrayDeque<>();
    private final List<Writing> writings = new ArrayList<>();

    /** A text that is being read. */
    private static final class Reading {
        private final Session session;
        private final Task.Read task;
        private final WriterWalk walk;
        private int at;

        Reading(Session session, Task.Read task, WriterWalk walk) {
            this.session = session;
            this.task = task;
            this.walk = walk;
        }
    }

    /** A continuation that is being written. */
    private final class Writing implements TokenSink {
        private final Session session;
        private final Task.Generate task;
        private final WriterWalk walk;
        private final Drawing drawing;
        private final Generation generation;

        /** What is to be sent. */
        private final List<ServerMessage> heard = new ArrayList<>();

        Writing(Session session, Task.Generate task, WriterWalk walk) {
            this.session = session;
            this.task = task;
            this.walk = walk;
            this.drawing = drawing(session, task.message());
            this.generation = walk.begin(drawing.options(task.maxTokens(), task.stop()), this);
        }

        @Override
        public boolean token(int index, String text, double logProbability) {
            if (index == 0) {
                meters.firstToken(task.since());
            }
            if (task.from().takesTokens()) {
                heard.add(new ServerMessage.Token(task.message().eventId(), session.name(), index, text));
            }
            if (index == 0) {
                tell();
            }
            return !task.isEnded();
        }

        void tell() {
            heard.forEach(task.from()::send);
            heard.clear();
        }

        boolean mayGoOn() {
            return !generation.isFinished() && !task.from().isBehind();
        }
    }

    WriterStepper(ServedWriter version, Stepper.Services services) {
        super(services);
        this.version = version;
        this.shared = version.languageModel().shared();
        this.meters = services.metrics().ofWriter(version);
    }

    private static Drawing drawing(Session session, ClientMessage.Generate message) {
        Long seed = message.seed() == null ? session.settings().seed() : message.seed();
        return new Drawing(
                message.temperature() == null ? 1 : message.temperature(),
                message.topK() == null ? 0 : message.topK(),
                message.topP() == null ? 1 : message.topP(),
                seed == null ? ThreadLocalRandom.current().nextLong(1L << 53) : seed);
    }

    @Override
    public ServedWriter version() {
        return version;
    }

    @Override
    public void forget() {
        meters.forget();
    }

    @Override
    public void step() {
        if (isAnyReady() && stepping.compareAndSet(false, true)) {
            services.slow().execute(this::slice);
        }
    }

    private void slice() {
        try {
            takeUp();
            if (!readings.isEmpty()) {
                services.turns().take(this::read);
            }
            write();
        } catch (RuntimeException | Error failure) {
            giveUp(failure);
        }
        goOn();
    }

    private void goOn() {
        if (isAnyReady() || !readings.isEmpty() || writings.stream().anyMatch(Writing::mayGoOn)) {
            services.slow().execute(this::slice);
        } else if (!writings.isEmpty()) {
            CompletableFuture.delayedExecutor(BEHIND_MILLIS, TimeUnit.MILLISECONDS, services.slow())
                    .execute(this::slice);
        } else {
            stepping.set(false);
            step(); // for whoever came just before
        }
    }

    private void takeUp() {
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            Session session = takeReady();
            if (session == null) {
                return;
            }
            begin(session);
        }
    }

    @Override
    void begin(Session session, Task task) throws UnreadableStateException {
        switch (task) {
            case Task.Read read -> {
                long seq = read.message().seq();
                if (Intake.isRepeat(session, seq)) {
                    passOver(session, seq, read.answers());
                } else {
                    meters.waited(System.nanoTime() - read.since());
                    readings.add(new Reading(session, read, walk(session)));
                }
            }
            case Task.Generate generate -> {
                Long seq = generate.message().seq();
                if (generate.isAbandoned()) {
                    drop(session, generate);
                } else if (seq != null && Intake.isRepeat(session, seq)) {
                    passOver(session, seq, generate);
                } else {
                    meters.waited(System.nanoTime() - generate.since());
                    writings.add(new Writing(session, generate, walk(session)));
                }
            }
            case Task.Observe _, Task.Ask _, Task.Classify _, Task.Change _ ->
                throw SessionProblems.otherTask(version, task);
        }
    }

    private WriterWalk walk(Session session) throws UnreadableStateException {
        return version.from(session.settings(), standing(session));
    }

    private static void passOver(Session session, long seq, Task.Generate generate) {
        String event = generate.message().eventId();
        finish(session, () -> {
            generate.from()
                    .send(new ServerMessage.Warning(
                            event, session.name(), WarningCode.DUPLICATE, Intake.duplicate(session, seq)));
            generate.tell(new ServerMessage.Acked(event, session.name(), session.seq(), session.tell()));
        });
    }

    // ---- reading

    private void read() {
        long end = System.nanoTime() + SLICE_NANOS;
        while (!readings.isEmpty() && System.nanoTime() - end < 0) {
            Reading next = readings.remove();
            try {
                if (isRead(next)) {
                    finish(next);
                } else {
                    readings.add(next);
                }
            } catch (RuntimeException failure) {
                fail(next.session, next.task, failure);
            }
        }
    }

    private boolean isRead(Reading reading) {
        String text = reading.task.message().text();
        int to = Math.min(text.length(), reading.at + PIECE);
        long start = System.nanoTime(), before = reading.walk.tokens();
        reading.walk.read(text.substring(reading.at, to));
        meters.walked(reading.walk.tokens() - before, start);
        reading.at = to;
        return to == text.length();
    }

    private void finish(Reading reading) {
        ClientMessage.Text message = reading.task.message();
        keep(reading.session, new Step.Text(message.seq(), message.text()), reading.walk);
        finish(
                reading.session,
                message.seq(),
                () -> reading.task.answers().acknowledged(reading.session, answer(reading.session, message.seq())));
    }

    // ---- writing

    private void write() {
        end(); // those that were ended meanwhile
        List<Generation> able = writings.stream()
                .filter(Writing::mayGoOn)
                .map(writing -> writing.generation)
                .toList();
        if (!able.isEmpty()) {
            long start = System.nanoTime(), before = tokens(able);
            shared.advance(able, Math.max(AT_ONCE, shared.tokensOfSlice(able.size())), services.turns());
            meters.generated(able.size(), tokens(able) - before, start);
            writings.forEach(Writing::tell);
        }
        end();
    }

    private static long tokens(List<Generation> some) {
        return some.stream().mapToLong(Generation::tokens).sum();
    }

    /** Lets go of those that are finished, or were ended. */
    private void end() {
        for (Iterator<Writing> all = writings.iterator(); all.hasNext(); ) {
            Writing next = all.next();
            if (next.task.isAbandoned()) {
                all.remove();
                drop(next.session, next.task);
                continue;
            }
            if (next.task.isEnded()) {
                next.generation.cancel();
            }
            if (next.generation.isFinished()) {
                all.remove();
                try {
                    finish(next);
                } catch (RuntimeException failure) {
                    fail(next.session, next.task, failure);
                }
            }
        }
    }

    /** As if it had never been asked for. */
    private static void drop(Session session, Task.Generate task) {
        finish(session, task::over);
    }

    private void finish(Writing writing) {
        Session session = writing.session;
        Task.Generate task = writing.task;
        Generated generated = writing.generation.result();
        long seq = session.seq() + 1;
        String said = generated.stop() == null ? generated.text() : generated.text() + generated.stop();
        keep(session, new Step.Continuation(seq, generated.tokens(), writing.drawing, said), writing.walk);
        var counts = new ServerMessage.Counts(writing.walk.tokens() - generated.tokens(), generated.tokens());
        finish(
                session,
                seq,
                () -> task.tell(new ServerMessage.Generated(
                        task.message().eventId(),
                        session.name(),
                        seq,
                        session.tell(),
                        task.from().takesTokens() ? null : generated.text(),
                        generated.reason(),
                        counts,
                        writing.drawing.seed())));
    }

    private void keep(Session session, Step step, WriterWalk walk) {
        byte[] after = walk.pack();
        session.advance(services.journal(), session.log().keeping(step, after), false, false, _ -> after);
    }

    // ---- what goes wrong

    private void fail(Session session, Task task, Throwable failure) {
        ProblemException problem = services.problems().explain(failure, "session step");
        finish(session, () -> task.fail(problem));
    }

    /** Something is wrong with the version, and with none of them alone. */
    private void giveUp(Throwable failure) {
        List<Reading> read = List.copyOf(readings);
        List<Writing> written = List.copyOf(writings);
        readings.clear();
        writings.clear();
        read.forEach(one -> fail(one.session, one.task, failure));
        written.forEach(one -> fail(one.session, one.task, failure));
    }
}
