package io.foretide.streaming;

import static io.foretide.streaming.JournalFixture.awaitDurable;
import static io.foretide.streaming.JournalFixture.get;
import static io.foretide.streaming.JournalFixture.open;
import static io.foretide.streaming.JournalFixture.until;
import static io.foretide.streaming.JournalTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.storage.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Two processes over one database, of which each session has one at a time. */
class TakeoverTest {
    private JournalFixture fixture;

    TestDatabase database() {
        return TestDatabase.inMemory();
    }

    @BeforeEach
    void emptyDatabase() {
        fixture = new JournalFixture(database());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void givesTheNextAllThatTheFirstToldToBeDurableAndNothingAfterwards() {
        DatabaseJournal first = fixture.journal();
        DatabaseJournal second = fixture.journal();
        Walker before = open(first, "a");
        Walker other = open(first, "b");
        var stop = new AtomicBoolean();
        CompletableFuture<Void> observing = CompletableFuture.runAsync(() -> observeUntilTakenOver(before, stop));

        until(() -> before.durableSeq() > 50);
        Walker after = JournalFixture.claim(second, before.log.id());
        long claimed = after.seq();
        after.observe(-1, -2, -3);
        awaitDurable(after);
        until(before::wasTakenOver);
        stop.set(true);
        observing.join();

        assertThat(before.durableSeq()).isLessThanOrEqualTo(claimed);
        History history = get(second.read(after.log));
        assertThat(history.seq()).isEqualTo(claimed + 3);
        assertThat(history.steps())
                .allSatisfy(step -> assertThat(((Step.Value) step).value())
                        .isEqualTo(step.seq() <= claimed ? step.seq() : claimed - step.seq()));
        assertProblem(ProblemType.SESSION_ELSEWHERE, () -> before.observe(1));
        other.observe(1);
        awaitDurable(other);
        assertThat(other.wasTakenOver()).isFalse();
    }

    private static void observeUntilTakenOver(Walker walker, AtomicBoolean stop) {
        try {
            while (!stop.get()) {
                if (walker.seq() - walker.durableSeq() < 1000) {
                    walker.observe(walker.seq() + 1);
                }
            }
        } catch (ProblemException _) {
            // as it should be
        }
    }

    @Test
    void tellsAProcessThatOnlyWaits() {
        Walker idle = open(fixture.journal(), "a");

        JournalFixture.claim(fixture.journal(), idle.log.id());

        until(idle::wasTakenOver);
    }

    @Test
    void tellsWhoeverHadASessionInTheSameProcess() {
        DatabaseJournal journal = fixture.journal();
        Walker before = open(journal, "a");
        before.observe(1, 2);
        awaitDurable(before);

        Walker after = JournalFixture.claim(journal, before.log.id());

        assertThat(before.wasTakenOver()).isTrue();
        assertThat(after.state()).isEqualTo(before.state());
        assertProblem(ProblemType.SESSION_ELSEWHERE, () -> before.observe(3));
    }

    @Test
    void movesASessionToAndFroWithoutLosingOrDoublingAnything() {
        List<DatabaseJournal> journals = List.of(fixture.journal(), fixture.journal(), fixture.journal());
        Walker walker = open(journals.getFirst(), "a");
        long expected = walker.state();

        for (int turn = 1; turn <= 60; turn++) {
            walker.observe(turn, turn + 0.5);
            awaitDurable(walker);
            expected = Walker.walked(expected, List.of(new Step.Value(1, turn), new Step.Value(2, turn + 0.5)));
            walker = JournalFixture.claim(journals.get(turn % 3), walker.log.id());
            assertThat(walker.seq()).isEqualTo(2L * turn);
            assertThat(walker.state()).isEqualTo(expected);
        }
    }

    @Test
    void hasOneOwnerAfterManyClaimedAtOnce() {
        List<DatabaseJournal> journals = List.of(fixture.journal(), fixture.journal(), fixture.journal());
        List<Walker> opened = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Walker walker = open(journals.get(i % 3), "s" + i);
            walker.observe(i, i + 1);
            awaitDurable(walker);
            opened.add(walker);
        }

        for (Walker before : opened) {
            List<CompletableFuture<Journal.Claimed>> claims = journals.stream()
                    .map(journal -> journal.claim(before.log.id()))
                    .toList();
            List<Walker> after = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                after.add(Walker.of(journals.get(i), get(claims.get(i))));
            }
            after.forEach(walker -> assertThat(walker.state()).isEqualTo(before.state()));
            until(() -> after.stream().filter(Walker::wasTakenOver).count() == 2);
            Walker owner = after.stream()
                    .filter(walker -> !walker.wasTakenOver())
                    .findFirst()
                    .orElseThrow();
            owner.observe(3);
            awaitDurable(owner);
        }
    }

    @Test
    void givesBackWhatAProcessThatWasTakenForDeadLeft() {
        FlakyTransactions transactions = fixture.transactions();
        DatabaseJournal stopped = fixture.journal(JournalFixture.EAGER, transactions);
        Walker walker = open(stopped, "a");
        walker.observe(1, 2, 3);
        awaitDurable(walker);

        transactions.takeAway();
        walker.observe(4);
        DatabaseJournal hasty = fixture.journal(impatient(), fixture.transactions());
        until(() -> fixture.rows("stream_log") == 0 && fixture.rows("stream_writer") == 0);
        Walker after = JournalFixture.claim(hasty, walker.log.id());
        hasty.close();
        transactions.bringBack();

        until(walker::wasTakenOver);
        assertThat(walker.durableSeq()).isEqualTo(3);
        assertThat(after.seq()).isEqualTo(3);
        until(() -> succeeds(stopped.open(JournalFixture.session("b"))));
    }

    /** To which whoever gave no sign for a moment is dead. */
    private static JournalProperties impatient() {
        return new JournalProperties(
                Duration.ofMillis(5),
                8,
                DataSize.ofMegabytes(1),
                DataSize.ofMegabytes(1),
                Duration.ofMillis(1),
                Duration.ofMillis(20));
    }

    @Test
    void opensEachNameOnceAmongProcesses() {
        List<DatabaseJournal> journals = List.of(fixture.journal(), fixture.journal());
        List<CompletableFuture<SessionLog>> wanted = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            for (DatabaseJournal journal : journals) {
                wanted.add(journal.open(JournalFixture.session("s" + i)));
            }
        }

        long opened = wanted.stream().filter(TakeoverTest::succeeds).count();

        assertThat(opened).isEqualTo(200);
        assertThat(fixture.rows("stream_session")).isEqualTo(200);
    }

    private static boolean succeeds(CompletableFuture<SessionLog> wanted) {
        try {
            get(wanted);
            return true;
        } catch (ProblemException e) {
            assertThat(e.type()).isIn(ProblemType.SESSION_EXISTS, ProblemType.DATABASE_UNAVAILABLE);
            return false;
        }
    }
}
