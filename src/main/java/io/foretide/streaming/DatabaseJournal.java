package io.foretide.streaming;

import io.foretide.problem.ProblemException;
import io.foretide.streaming.Claims.Wanted;
import io.foretide.streaming.Command.Answer;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * A journal in the database, written by one thread: all that waits is one transaction, and what comes meanwhile is the next.
 *
 * <p>This side is for everybody; {@link JournalWriter} is the thread's.
 */
@Component
final class DatabaseJournal implements Journal, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DatabaseJournal.class);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

    /** What a question costs beside the history that it brings. */
    private static final int BYTES_OF_QUESTION = 256;

    private final JournalShard[] shards =
            IntStream.range(0, JournalShard.COUNT).mapToObj(JournalShard::new).toArray(JournalShard[]::new);
    private final Queue<Command> commands = new ConcurrentLinkedQueue<>();
    private final Queue<Wanted> claims = new ConcurrentLinkedQueue<>();
    private final AtomicLong waiting = new AtomicLong();
    private final long mostWaiting;
    private final boolean atOnce;
    private final JournalWriter writer;
    private final Thread thread;

    @Autowired
    DatabaseJournal(
            JdbcTemplate database,
            PlatformTransactionManager transactions,
            JournalProperties properties,
            JournalMetrics metrics,
            Clock clock) {
        this(JournalStore.of(database, transactions, clock, properties.keptObservations()), properties, metrics);
    }

    DatabaseJournal(JournalStore store, JournalProperties properties, JournalMetrics metrics) {
        mostWaiting = properties.maxWaiting().toBytes();
        atOnce = properties.durabilityLag().isZero();
        writer = new JournalWriter(store, properties, metrics, new Inbox(shards, commands, claims, waiting));
        metrics.watch(waiting, writer.logged());
        thread = Thread.ofPlatform().name("session-journal").daemon().start(writer);
    }

    /** What waits for the thread. */
    record Inbox(JournalShard[] shards, Queue<Command> commands, Queue<Wanted> claims, AtomicLong waiting) {
        boolean hasQuestions() {
            return !commands.isEmpty() || !claims.isEmpty();
        }
    }

    @Override
    public void append(SessionLog log, Step step) {
        if (waiting.get() >= mostWaiting) {
            throw JournalProblems.tooMuchWaits(mostWaiting);
        }
        int bytes = shards[JournalShard.of(log.id())].append(log, step);
        waiting.addAndGet(bytes);
        if (atOnce && writer.isAsleep()) {
            writer.wake(thread);
        }
    }

    @Override
    public CompletableFuture<SessionLog> open(StoredSession session) {
        return ask(new Command.Open(session, new Answer<>()), Command.Open::answer);
    }

    @Override
    public CompletableFuture<Claimed> claim(long id) {
        return claim(new Wanted(id, OptionalInt.empty(), new Answer<>()));
    }

    @Override
    public CompletableFuture<Claimed> reclaim(long id, int epoch) {
        return claim(new Wanted(id, OptionalInt.of(epoch), new Answer<>()));
    }

    private CompletableFuture<Claimed> claim(Wanted wanted) {
        ProblemException refusal = refusal();
        if (refusal != null) {
            return CompletableFuture.failedFuture(refusal);
        }
        waiting.addAndGet(BYTES_OF_QUESTION);
        claims.add(wanted);
        writer.wake(thread);
        return wanted.answer().future();
    }

    @Override
    public CompletableFuture<History> read(SessionLog log) {
        return ask(new Command.Read(log, new Answer<>()), Command.Read::answer);
    }

    @Override
    public CompletableFuture<Void> confirm(SessionLog log) {
        return ask(new Command.Confirm(log, new Answer<>()), Command.Confirm::answer);
    }

    @Override
    public CompletableFuture<SessionLog> replace(SessionLog log, StoredSession session) {
        return ask(new Command.Replace(log, session, new Answer<>()), Command.Replace::answer);
    }

    @Override
    public CompletableFuture<Void> release(SessionLog log) {
        return ask(new Command.Release(log, log.base().orElse(null), new Answer<>()), Command.Release::answer);
    }

    @Override
    public CompletableFuture<Void> remove(SessionLog log) {
        return ask(new Command.Remove(log, new Answer<>()), Command.Remove::answer);
    }

    private <C extends Command, T> CompletableFuture<T> ask(C command, Function<C, Answer<T>> answer) {
        ProblemException refusal = refusal();
        if (refusal != null) {
            return CompletableFuture.failedFuture(refusal);
        }
        waiting.addAndGet(bytes(command));
        commands.add(command);
        writer.wake(thread);
        return answer.apply(command).future();
    }

    private @Nullable ProblemException refusal() {
        if (writer.isFailing()) {
            return JournalProblems.unavailable();
        }
        return waiting.get() >= mostWaiting ? JournalProblems.tooMuchWaits(mostWaiting) : null;
    }

    /** About how much memory a question takes while it waits. */
    static long bytes(Command command) {
        return switch (command) {
            case Command.Open(StoredSession session, Answer<SessionLog> _) -> bytes(session);
            case Command.Replace(SessionLog _, StoredSession session, Answer<SessionLog> _) -> bytes(session);
            case Command.Release(SessionLog _, Base base, Answer<Void> _) ->
                BYTES_OF_QUESTION + (base == null ? 0 : base.state().length);
            case Command.Read _, Command.Confirm _, Command.Remove _ -> BYTES_OF_QUESTION;
        };
    }

    private static long bytes(StoredSession session) {
        History history = session.history();
        return BYTES_OF_QUESTION
                + history.older().state().length
                + history.newer().state().length
                + history.steps().stream().mapToLong(Step::bytes).sum();
    }

    static long bytes(Wanted wanted) {
        return BYTES_OF_QUESTION;
    }

    /** Writes what waits, if the database is well, and ends. */
    @Override
    public void close() {
        writer.stop(thread);
        try {
            if (!thread.join(LONGEST_CLOSE)) {
                log.warn("journal did not end in time, what waits is lost bytes={}", waiting.get());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
