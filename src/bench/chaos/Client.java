package chaos;

import chaos.Walk.Change;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A client with some sessions, on a connection to each process: keeps what is not durable, connects again, resumes, and
 * sends again what is missing. One thread.
 */
final class Client {
    /** Of the last forecast of each session; no other has as many steps. */
    static final int FINAL_HORIZON = 40;

    private static final int SESSIONS = 7;
    private static final int MOST_SESSIONS = 10;
    private static final int LONGEST = 250;
    private static final double MEAN_PAUSE_MILLIS = 35;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final List<Replica> replicas;
    private final Random random;
    private final Tally tally;
    private final BlockingQueue<Line.Event> events = new LinkedBlockingQueue<>();
    private final Lines lines;
    private final Walks walks;
    private final Speech speech;
    private final Hearing hearing;
    private final Requests requests;
    private final Thread thread;
    private volatile Phase phase = Phase.OBSERVING;
    private volatile boolean done;

    enum Phase {
        OBSERVING,
        /** What was observed is sent until it is durable. */
        SETTLING,
        /** Each session is asked for a long forecast from where it stands. */
        ASKING,
        OVER
    }

    Client(String name, String model, List<Replica> replicas, Random random, Tally tally) {
        this.replicas = replicas;
        this.random = random;
        this.tally = tally;
        this.lines = new Lines(events, random);
        this.walks = new Walks(name, random);
        this.speech = new Speech(model, walks, random, tally);
        this.hearing = new Hearing(walks, speech, random, tally);
        this.requests = new Requests(walks, tally);
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void enter(Phase next) {
        if (phase != Phase.OVER) {
            done = false;
            phase = next;
        }
    }

    /** Whether it has reached what its phase is for. */
    boolean isDone() {
        return done || phase == Phase.OVER;
    }

    void end() throws InterruptedException {
        phase = Phase.OVER;
        thread.join();
    }

    /** After its end. */
    List<Received> received() {
        return walks.received();
    }

    /** What keeps it; roughly, as its thread goes on. */
    String describe() {
        return walks.describeUnsettled();
    }

    private void run() {
        try {
            long next = System.nanoTime();
            while (phase != Phase.OVER) {
                Line.Event event = events.poll(Math.max(0, next - System.nanoTime()), TimeUnit.NANOSECONDS);
                for (; event != null; event = events.poll()) {
                    hearing.take(event);
                }
                if (System.nanoTime() >= next) {
                    keepUp();
                    act();
                    next = System.nanoTime() + (long) (-Math.log(1 - random.nextDouble()) * MEAN_PAUSE_MILLIS * 1e6);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            e.printStackTrace();
            tally.other("client", e.toString());
            phase = Phase.OVER;
        } finally {
            lines.end();
        }
    }

    private void keepUp() throws InterruptedException {
        lines.leaveSilent();
        for (Walk walk : walks.all()) {
            if (walk.waitsLongerThan(PATIENCE_NANOS)) {
                walks.lose(walk, 0);
            }
            Line line = walk.wantsLine() ? lines.to(anyReplica()) : null;
            if (line != null) {
                speech.resume(walk, line);
            }
        }
        boolean wanted = phase == Phase.OBSERVING && walks.count() < SESSIONS;
        Line line = wanted ? lines.to(anyReplica()) : null;
        if (line != null) {
            speech.open(line);
        }
    }

    private Replica anyReplica() {
        return replicas.get(random.nextInt(replicas.size()));
    }

    private void act() throws InterruptedException {
        switch (phase) {
            case OBSERVING -> {
                List<Walk> all = walks.all();
                if (!all.isEmpty()) {
                    act(all.get(random.nextInt(all.size())));
                }
            }
            case SETTLING -> {
                for (Walk walk : walks.all()) {
                    settle(walk);
                }
                done = walks.all(Walk::isSettled);
            }
            case ASKING -> {
                for (Walk walk : walks.all()) {
                    if (walk.isQuiet() && walk.finallyAsks()) {
                        speech.ask(walk, FINAL_HORIZON);
                    } else if (walk.takes() && walk.isBehind()) {
                        speech.observe(walk);
                    }
                }
                done = walks.all(Walk::isFinallyAnswered);
            }
            case OVER -> {}
        }
    }

    private void settle(Walk walk) throws InterruptedException {
        if (walk.takes() && walk.isBehind()) {
            speech.observe(walk);
        } else if (walk.isQuiet() && !walk.isSettled() && random.nextInt(10) == 0) {
            speech.ask(walk, 1); // its answer tells how far it is durable
        }
    }

    private void act(Walk walk) throws InterruptedException {
        if (walk.line() == null || walk.isResuming()) {
            return;
        }
        int drawn = random.nextInt(100);
        boolean tooMany = walks.count() > MOST_SESSIONS && drawn < 10;
        if (walk.isQuiet() && (walk.at(walk.last()).length() > LONGEST || tooMany)) {
            speech.change(walk, new Change.Close());
        } else if (drawn < 48) {
            for (int left = 1 + random.nextInt(3); left > 0 && walk.takes(); left--) {
                walk.draw(random);
                speech.observe(walk);
            }
        } else if (drawn < 76) {
            speech.observeMany(walk.line());
        } else if (drawn < 79) {
            if (!(walk.pending() instanceof Change.Open)) {
                speech.ask(walk, 1 + random.nextInt(12));
            }
        } else if (drawn < 82) {
            moveElsewhere(walk);
        } else if (drawn < 86) {
            request(walk);
        } else if (walk.pending() == null) {
            change(walk, drawn);
        }
    }

    private void change(Walk walk, int drawn) throws InterruptedException {
        if (drawn < 89) {
            if (walks.count() <= MOST_SESSIONS) {
                speech.change(walk, new Change.Fork(walks.newName()));
            }
        } else if (drawn < 92) {
            speech.change(walk, new Change.Snapshot());
        } else if (drawn < 96) {
            if (walk.mayGoBack() && walk.applied() > 0) {
                int back = 1 + random.nextInt(random.nextBoolean() ? 8 : 60);
                speech.change(walk, new Change.Rewind(Math.max(0, walk.applied() - back)));
            }
        } else if (walk.mayGoBack()) {
            Walk.Kept state = walks.drawState();
            // Otherwise nobody could tell after a crash whether it was restored.
            if (state != null && (state.seq() < walk.durable() || state.seq() > walk.applied())) {
                speech.change(walk, new Change.Restore(state));
            }
        }
    }

    /** Goes on over HTTP for a while, at one process or another, and then connects again. */
    private void request(Walk walk) throws InterruptedException {
        if (walk.isQuiet()) {
            walk.detach(0);
            for (int left = 1 + random.nextInt(4); left > 0 && walk.hasAllAnswers(); left--) {
                walk.draw(random);
                requests.observe(walk, anyReplica());
            }
        }
    }

    /** Resumes it at another process, without a word to the one where it is. */
    private void moveElsewhere(Walk walk) throws InterruptedException {
        if (replicas.size() > 1 && walk.pending() == null) {
            Replica here = walk.line().replica();
            Line there = lines.to(replicas.get((replicas.indexOf(here) + 1) % replicas.size()));
            if (there != null && walk.line() != null) {
                walk.detach(0);
                speech.resume(walk, there);
                tally.moves.increment();
            }
        }
    }
}
