package io.foretide.streaming;

import io.foretide.streaming.Claims.Wanted;
import io.foretide.streaming.Command.Answer;
import io.foretide.streaming.DatabaseJournal.Inbox;
import io.foretide.streaming.Ownership.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.TransactionException;

/**
 * The thread of the journal: round after round, each one transaction.
 *
 * <p>A round that fails is tried again until it is written: nothing is lost, nothing changes its place, and as a round has a
 * number, nothing is written twice. Between rounds it claims sessions, sees to it that its own are still its own, and clears up.
 */
final class JournalWriter implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(JournalWriter.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);
    private static final Duration SIGN_INTERVAL = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final JournalStore store;
    private final JournalMetrics metrics;
    private final Inbox inbox;
    private final Ownership ownership;
    private final Claims claims;
    private final Upkeep upkeep;
    private final Duration lag;
    private final long mostLogged;
    private final Timetable round;
    private final Timetable look = new Timetable(LOOK_INTERVAL);
    private final Timetable sign = new Timetable(SIGN_INTERVAL);
    private final Timetable sweep;
    private final AtomicLong logged = new AtomicLong();
    private volatile boolean failing;
    private volatile boolean asleep;
    private volatile boolean stopped;

    JournalWriter(JournalStore store, JournalProperties properties, JournalMetrics metrics, Inbox inbox) {
        this.store = store;
        this.metrics = metrics;
        this.inbox = inbox;
        this.ownership = new Ownership(store);
        this.claims = new Claims(store, ownership);
        this.upkeep = new Upkeep(store, properties);
        this.lag = properties.durabilityLag();
        this.round = new Timetable(lag.isZero() ? IDLE : lag);
        this.sweep = new Timetable(properties.sweepInterval());
        this.mostLogged = properties.maxSize().toBytes();
    }

    /** How many bytes the log of this process has, about. */
    AtomicLong logged() {
        return logged;
    }

    /** Whether the last attempt to write failed, or none is made any more. Any thread. */
    boolean isFailing() {
        return failing || stopped;
    }

    /** Whether the thread waits for something to do. Any thread. */
    boolean isAsleep() {
        return asleep;
    }

    /** Has the thread look what there is to do. Any thread. */
    void wake(Thread thread) {
        LockSupport.unpark(thread);
    }

    /** Has the thread end after one more round. Any thread. */
    void stop(Thread thread) {
        stopped = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        boolean last = false;
        while (!last) {
            last = stopped;
            try {
                turn();
                if (!last) {
                    await();
                }
            } catch (RuntimeException e) {
                log.error("journal failed last={}", last, e);
                pause(last ? Duration.ZERO : LONGEST_PAUSE);
            }
        }
        end();
    }

    private void await() {
        boolean atOnce = lag.isZero();
        asleep = true; // before the last look at what waits, so that nothing comes unheard in between
        while (!stopped && !inbox.hasQuestions() && !(atOnce && inbox.waiting().get() > 0) && !round.isDue()) {
            LockSupport.parkNanos(this, round.nanosLeft());
        }
        asleep = false;
    }

    private void turn() {
        round.done();
        List<Command> commands = drained(inbox.commands());
        List<Wanted> wanted = drained(inbox.claims());
        Map<Integer, Settlement> settlements = dueSettlements();
        // After the questions and the bases: what they ask for, and what is in these, is among it.
        var pending = new ArrayList<Pending>();
        for (JournalShard shard : inbox.shards()) {
            shard.drain().ifPresent(pending::add);
        }
        var next = new Round(pending, settlements, commands);
        if (!next.isEmpty()) {
            write(next);
        }
        claim(wanted);
        if (!stopped) {
            seeToOwnership();
            keepUp();
        }
    }

    private static <T> List<T> drained(Queue<T> queue) {
        var all = new ArrayList<T>();
        for (T next = queue.poll(); next != null; next = queue.poll()) {
            all.add(next);
        }
        return all;
    }

    /**
     * The longest logs, as many as bring all of them within their bound. Shards that fill alike so come one after the other, and
     * each fills to about twice its share.
     */
    private Map<Integer, Settlement> dueSettlements() {
        List<JournalShard> longest = Arrays.stream(inbox.shards())
                .sorted(Comparator.comparingLong((JournalShard shard) -> shard.logged)
                        .reversed())
                .toList();
        long excess = logged.get() + inbox.waiting().get() - mostLogged;
        var settlements = new HashMap<Integer, Settlement>();
        for (JournalShard shard : longest) {
            if (excess > 0 && shard.logged > 0 || shard.isOverdue()) {
                excess -= shard.logged;
                settlements.put(shard.number(), new Settlement(store, Settlement.bases(shard, store.kept())));
            }
        }
        return settlements;
    }

    /** Writes a round whatever it takes; what is wrong with a question is the matter of whoever asked, and holds up nobody else. */
    private void write(Round whole) {
        if (attempt(whole).isEmpty()) {
            return;
        }
        attempt(new Round(whole.pending(), whole.settlements(), List.of()));
        for (Command command : whole.commands()) {
            var alone = new Round(List.of(), Map.of(), List.of(command));
            // Where somebody was faster, the second look finds what it did.
            attempt(alone).flatMap(_ -> attempt(alone)).ifPresent(failure -> {
                log.error("question of the journal failed", failure);
                inbox.waiting().addAndGet(-DatabaseJournal.bytes(command));
                command.answer().future().completeExceptionally(failure);
            });
        }
    }

    /** Empty when it is written; what is wrong with the questions where it never can be. */
    private Optional<RuntimeException> attempt(Round next) {
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                if (metrics.time(() -> ownership.write(next)) == Attempt.WRITTEN) {
                    break;
                }
                lookForTaken();
            } catch (RuntimeException e) {
                if (!next.commands().isEmpty() && isOfQuestion(e)) {
                    return Optional.of(e);
                }
                failing = true;
                log.warn("observations not written, tried again cause=\"{}\"", e.toString());
                if (stopped) {
                    next.commands().forEach(one -> one.answer().future().completeExceptionally(e));
                    throw e;
                }
                pause(pause);
                pause = longer(pause);
            }
        }
        failing = false;
        tell(next);
        return Optional.empty();
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    private static boolean isOfQuestion(RuntimeException failure) {
        boolean ofDatabase = failure instanceof DataAccessException || failure instanceof TransactionException;
        return !ofDatabase || failure instanceof DataIntegrityViolationException;
    }

    private void tell(Round written) {
        for (Pending pending : written.pending()) {
            JournalShard shard = inbox.shards()[pending.shard()];
            inbox.waiting().addAndGet(-pending.entries().length);
            if (!written.settlements().containsKey(pending.shard())) {
                shard.logged += pending.entries().length;
            }
        }
        written.settlements().forEach((number, settlement) -> {
            inbox.shards()[number].logged = 0;
            inbox.shards()[number].settled(settlement.moved());
        });
        logged.set(
                Arrays.stream(inbox.shards()).mapToLong(shard -> shard.logged).sum());
        written.pending().forEach(JournalWriter::tellDurable);
        written.commands().forEach(this::tell);
    }

    private static void tellDurable(Pending pending) {
        for (Pending.Reached reached : pending.logs()) {
            if (!reached.log().ended) {
                reached.log().durable(reached.seq());
            }
        }
    }

    private void tell(Command command) {
        inbox.waiting().addAndGet(-DatabaseJournal.bytes(command));
        if (!command.answer().hasFailed()) {
            switch (command) {
                case Command.Open open ->
                    begin(Objects.requireNonNull(open.answer().result()));
                case Command.Replace replace -> {
                    shard(replace.log()).end(replace.log());
                    begin(Objects.requireNonNull(replace.answer().result()));
                }
                case Command.Release release -> shard(release.log()).end(release.log());
                case Command.Remove remove -> shard(remove.log()).end(remove.log());
                case Command.Read _, Command.Confirm _ -> {} // changes nothing
            }
        }
        command.answer().tell();
    }

    private void begin(SessionLog begun) {
        shard(begun).begin(begun);
    }

    private JournalShard shard(SessionLog of) {
        return inbox.shards()[JournalShard.of(of.id())];
    }

    private void claim(List<Wanted> wanted) {
        List<Wanted> left = wanted;
        while (!left.isEmpty()) {
            try {
                if (ownership.isUndisturbed()) {
                    left = claims.claim(left, this::claimed);
                } else {
                    lookForTaken();
                }
            } catch (RuntimeException e) {
                log.warn("sessions not claimed count={} cause=\"{}\"", left.size(), e.toString());
                left.forEach(one -> one.answer().fail(JournalProblems.unavailable(e)));
                left.forEach(one -> one.answer().tell());
                break;
            }
        }
        inbox.waiting()
                .addAndGet(-wanted.stream().mapToLong(DatabaseJournal::bytes).sum());
    }

    private void claimed(Answer<Journal.Claimed> answer) {
        Journal.Claimed claimed = answer.result();
        if (claimed != null) {
            SessionLog before = shard(claimed.log()).live.get(claimed.log().id());
            if (before != null) {
                takenOver(before);
            }
            begin(claimed.log());
        }
        answer.tell();
    }

    private void lookForTaken() {
        ownership.lookForTaken(
                taken -> taken.forEach(id -> {
                    SessionLog held = inbox.shards()[JournalShard.of(id)].live.get(id);
                    if (held != null) {
                        takenOver(held);
                    }
                }),
                () -> {
                    for (JournalShard shard : inbox.shards()) {
                        List.copyOf(shard.live.values()).forEach(this::takenOver);
                        shard.logged = 0;
                    }
                });
    }

    private void takenOver(SessionLog held) {
        shard(held).end(held);
        held.takenOver();
    }

    private void seeToOwnership() {
        if (!hasSessions()) {
            return;
        }
        try {
            if (sign.isDue()) {
                sign.done();
                write(Round.ofNothing());
            } else if (look.isDue()) {
                look.done();
                if (!ownership.isUndisturbed()) {
                    lookForTaken();
                }
            }
        } catch (DataAccessException | TransactionException e) {
            log.warn("not known whether sessions were taken over cause=\"{}\"", e.toString());
        }
    }

    private boolean hasSessions() {
        for (JournalShard shard : inbox.shards()) {
            if (!shard.live.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private void keepUp() {
        try {
            if (sweep.isDue()) {
                sweep.done();
                upkeep.look();
            }
            boolean more = true;
            while (more && !inbox.hasQuestions() && !round.isDue()) {
                more = upkeep.work(ownership.writer());
            }
        } catch (DataAccessException | TransactionException e) {
            log.warn("sessions not cleared up cause=\"{}\"", e.toString());
        }
    }

    /** Leaves no trace where all sessions have come to rest. */
    private void end() {
        if (hasSessions() || failing || ownership.writer().isEmpty()) {
            return;
        }
        try {
            ownership.end();
        } catch (DataAccessException | TransactionException e) {
            log.warn("writer of sessions not forgotten cause=\"{}\"", e.toString());
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
