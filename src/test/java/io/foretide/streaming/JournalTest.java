package io.foretide.streaming;

import static io.foretide.streaming.JournalFixture.awaitDurable;
import static io.foretide.streaming.JournalFixture.get;
import static io.foretide.streaming.JournalFixture.open;
import static io.foretide.streaming.JournalFixture.session;
import static io.foretide.streaming.JournalFixture.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.registry.ModelName;
import io.foretide.storage.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** What a journal keeps of sessions, whatever happens to it. */
class JournalTest {
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
    void hasAllThatWasToldToBeDurableAfterACrash() {
        FlakyTransactions transactions = fixture.transactions();
        DatabaseJournal crashing = fixture.journal(JournalFixture.EAGER, transactions);
        Walker walker = open(crashing, "a");
        walker.observe(1.5, Double.NaN, 3e300, -0.0, 7);
        awaitDurable(walker);
        long state = walker.state();

        transactions.takeAway();
        walker.observe(8, 9);
        Walker resumed = JournalFixture.claim(fixture.journal(), walker.log.id());

        assertThat(resumed.seq()).isEqualTo(5);
        assertThat(resumed.state()).isEqualTo(state);
        resumed.observe(8, 9);
        assertThat(resumed.state()).isEqualTo(walker.state());
    }

    @Test
    void readsAllThatWasAppended() {
        DatabaseJournal journal = fixture.journal(patient(), fixture.transactions());
        Walker walker = open(journal, "a");
        walker.observe(1, 2, 3);

        History history = get(journal.read(walker.log));

        assertThat(history.steps()).containsExactly(new Step.Value(1, 1), new Step.Value(2, 2), new Step.Value(3, 3));
        assertThat(walker.durableSeq()).isEqualTo(3);
    }

    /** Whose rounds are only those that are asked for. */
    private static JournalProperties patient() {
        return JournalFixture.properties(Duration.ofSeconds(10), DataSize.ofMegabytes(128));
    }

    @Test
    void makesEachObservationDurableAtOnceIfThereIsNoLag() {
        Walker walker = open(
                fixture.journal(
                        JournalFixture.properties(Duration.ZERO, DataSize.ofMegabytes(1)), fixture.transactions()),
                "a");

        for (int i = 0; i < 20; i++) {
            walker.observe(i);
            awaitDurable(walker);
        }
    }

    @Test
    void writesEachObservationOnceAlthoughAnswersOfCommitsAreLost() {
        FlakyTransactions transactions = fixture.transactions();
        DatabaseJournal journal = fixture.journal(JournalFixture.EAGER, transactions);
        Walker walker = open(journal, "a");

        for (int i = 1; i <= 5; i++) {
            transactions.loseAnswers(1);
            walker.observe(i);
            until(transactions::isCalm);
            walker.observe(i + 0.5);
            awaitDurable(walker);
            transactions.failCommits(1);
            walker.observe(i + 0.75);
            awaitDurable(walker);
        }

        assertThat(get(journal.read(walker.log)).steps())
                .extracting(step -> ((Step.Value) step).value())
                .containsExactly(1.0, 1.5, 1.75, 2.0, 2.5, 2.75, 3.0, 3.5, 3.75, 4.0, 4.5, 4.75, 5.0, 5.5, 5.75);
    }

    @Test
    void opensASessionOnceAlthoughTheAnswerOfItsCommitIsLost() {
        FlakyTransactions transactions = fixture.transactions();
        DatabaseJournal journal = fixture.journal(JournalFixture.EAGER, transactions);
        open(journal, "first");

        transactions.loseAnswers(1);
        Walker walker = open(journal, "a");
        walker.observe(1);
        awaitDurable(walker);

        assertThat(fixture.rows("stream_session")).isEqualTo(2);
    }

    @Test
    void refusesObservationsWhenTooManyWaitAndLosesNoneOfTheOthers() {
        FlakyTransactions transactions = fixture.transactions();
        DatabaseJournal journal = fixture.journal(JournalFixture.EAGER, transactions);
        Walker walker = open(journal, "a");

        transactions.takeAway();
        assertProblem(ProblemType.DATABASE_UNAVAILABLE, () -> {
            for (int i = 0; i < 1_000_000; i++) {
                walker.observe(i);
            }
        });
        long accepted = walker.seq();
        transactions.bringBack();
        awaitDurable(walker);

        History history = get(journal.read(walker.log));
        assertThat(history.seq()).isEqualTo(accepted).isGreaterThan(10_000);
        assertThat(Walker.stateOf(history)).isEqualTo(walker.state());
    }

    @Test
    void refusesToOpenWhatItCannotKeep() {
        FlakyTransactions transactions = fixture.transactions();
        DatabaseJournal journal = fixture.journal(JournalFixture.EAGER, transactions);
        Walker walker = open(journal, "a");

        transactions.takeAway();
        walker.observe(1);

        until(() -> journal.open(session("b")).isCompletedExceptionally());
        assertProblem(ProblemType.DATABASE_UNAVAILABLE, () -> get(journal.open(session("c"))));
    }

    @Test
    void refusesNamesThatAreTakenAndVersionsThatAreGone() {
        DatabaseJournal journal = fixture.journal();
        Walker first = open(journal, "a");
        StoredSession ofAnother = new StoredSession(
                "b", session("b").reference(), 2, session("b").settings(), History.startingAt(Walker.START));

        List<CompletableFuture<SessionLog>> wanted = new ArrayList<>();
        for (String name : List.of("a", "c", "c")) {
            wanted.add(journal.open(session(name)));
        }

        assertProblem(ProblemType.SESSION_EXISTS, () -> get(wanted.get(0)));
        get(wanted.get(1));
        assertProblem(ProblemType.SESSION_EXISTS, () -> get(wanted.get(2)));
        assertProblem(ProblemType.UNKNOWN_VERSION, () -> get(journal.open(ofAnother)));
        first.observe(1);
        awaitDurable(first);
    }

    @Test
    void keepsAVersionThatASessionWalks() {
        DatabaseJournal journal = fixture.journal();
        var uses = new SessionUse(fixture.database.client());
        ModelName air = new ModelName("air");
        assertThat(uses.useOf(air)).isEmpty();

        Walker walker = open(journal, "a");

        assertThat(uses.useOf(air)).contains("session a");
        assertThat(uses.useOf(air, 1)).contains("session a");
        assertThat(uses.useOf(air, 2)).isEmpty();
        get(journal.remove(walker.log));
        assertThat(uses.useOf(air)).isEmpty();
    }

    @Test
    void countsNothingFromBeforeASessionWasWrittenAnew() {
        DatabaseJournal journal = fixture.journal();
        Walker walker = open(journal, "a");
        walker.observe(1, 2, 3, 4);
        History history = get(journal.read(walker.log));

        History cut = history.cutTo(2).orElseThrow();
        var rewound =
                new Walker(journal, get(journal.replace(walker.log, session("a").with(cut))), cut);
        rewound.observe(30, 40, 50);
        awaitDurable(rewound);
        Walker resumed = JournalFixture.claim(fixture.journal(), walker.log.id());

        assertThat(resumed.seq()).isEqualTo(5);
        assertThat(resumed.state()).isEqualTo(rewound.state());
        assertProblem(ProblemType.SESSION_ELSEWHERE, () -> walker.observe(5));
    }

    @Test
    void letsASessionRestAndComeBack() {
        DatabaseJournal journal = fixture.journal();
        Walker walker = open(journal, "a");
        for (int i = 0; i < 20; i++) {
            walker.observe(i);
        }

        get(journal.release(walker.log));

        assertProblem(ProblemType.SESSION_ELSEWHERE, () -> walker.observe(99));
        Journal.Claimed claimed = get(journal.claim(walker.log.id()));
        assertThat(claimed.session().history().newer()).isEqualTo(walker.base());
        assertThat(claimed.session())
                .usingRecursiveComparison()
                .ignoringFields("history")
                .isEqualTo(session("a"));
        assertThat(Walker.of(journal, claimed).state()).isEqualTo(walker.state());
        assertThat(walker.wasTakenOver()).isFalse();
    }

    @Test
    void hasNothingOfASessionThatWasRemoved() {
        DatabaseJournal journal = fixture.journal();
        Walker walker = open(journal, "a");
        walker.observe(1);

        get(journal.remove(walker.log));

        assertProblem(ProblemType.SESSION_GONE, () -> get(journal.claim(walker.log.id())));
        assertProblem(ProblemType.SESSION_ELSEWHERE, () -> walker.observe(2));
        open(journal, "a");
    }

    @Test
    void boundsItsLogAndKeepsEnoughToRewind() {
        JournalProperties small = JournalFixture.properties(Duration.ofMillis(5), DataSize.ofMegabytes(1));
        DatabaseJournal journal = fixture.journal(small, fixture.transactions());
        List<Walker> walkers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            walkers.add(open(journal, "s" + i));
        }

        for (int i = 0; i < 3000; i++) {
            for (Walker walker : walkers) {
                walker.observe(i + 0.1);
            }
            if (i % 100 == 0) {
                walkers.forEach(JournalFixture::awaitDurable);
            }
        }
        walkers.forEach(JournalFixture::awaitDurable);

        long logged = fixture.database
                .client()
                .sql("select coalesce(sum(octet_length(entries)), 0) from stream_log")
                .query(Long.class)
                .single();
        assertThat(logged).isLessThan(DataSize.ofMegabytes(1).toBytes());
        for (Walker walker : walkers) {
            History history = get(journal.read(walker.log));
            assertThat(Walker.stateOf(history)).isEqualTo(walker.state());
            assertThat(Walker.stateFromOlder(history)).isEqualTo(walker.state());
            assertThat(history.steps()).hasSizeGreaterThanOrEqualTo(8);
            assertThat(history.steps().getFirst().seq())
                    .isEqualTo(history.older().seq() + 1);
        }
    }

    @Test
    void claimsManyAtATime() {
        FlakyTransactions transactions = fixture.transactions();
        DatabaseJournal crashing = fixture.journal(JournalFixture.EAGER, transactions);
        List<CompletableFuture<SessionLog>> opened = LongStream.range(0, 1000)
                .mapToObj(i -> crashing.open(session("s" + i)))
                .toList();
        List<Walker> walkers = opened.stream()
                .map(log -> new Walker(crashing, get(log), session("").history()))
                .toList();
        for (int i = 0; i < 12; i++) {
            for (Walker walker : walkers) {
                walker.observe(i + walker.log.id());
            }
        }
        walkers.forEach(JournalFixture::awaitDurable);

        transactions.takeAway();
        DatabaseJournal next = fixture.journal();
        List<CompletableFuture<Journal.Claimed>> claimed =
                walkers.stream().map(walker -> next.claim(walker.log.id())).toList();

        for (int i = 0; i < walkers.size(); i++) {
            Walker resumed = Walker.of(next, get(claimed.get(i)));
            assertThat(resumed.seq()).isEqualTo(12);
            assertThat(resumed.state()).isEqualTo(walkers.get(i).state());
        }
    }

    @Test
    void leavesNothingButSessionsWhenAllOfThemRest() {
        DatabaseJournal journal = fixture.journal();
        Walker walker = open(journal, "a");
        walker.observe(1);
        get(journal.release(walker.log));

        journal.close();

        assertThat(fixture.rows("stream_log")).isZero();
        assertThat(fixture.rows("stream_writer")).isZero();
        assertThat(fixture.rows("stream_session")).isEqualTo(1);
    }

    @Test
    void writesWhatWaitsWhenItIsClosed() {
        DatabaseJournal journal = fixture.journal(patient(), fixture.transactions());
        Walker walker = open(journal, "a");
        walker.observe(1, 2, 3);

        journal.close();

        assertThat(walker.durableSeq()).isEqualTo(3);
        assertThat(JournalFixture.claim(fixture.journal(), walker.log.id()).state())
                .isEqualTo(walker.state());
    }

    @Test
    void deletesSessionsThatNobodyUsedForTheirTimeToLive() {
        DatabaseJournal journal = fixture.journal();
        Walker resting = open(journal, "resting");
        Walker living = open(journal, "living");
        get(journal.release(resting.log));

        fixture.clock.move(JournalFixture.TTL.plusDays(1));

        until(() -> fixture.rows("stream_session") == 1);
        assertProblem(ProblemType.SESSION_GONE, () -> get(journal.claim(resting.log.id())));
        living.observe(1);
        awaitDurable(living);
    }

    static void assertProblem(ProblemType type, ThrowingCallable call) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(call)
                .satisfies(problem -> assertThat(problem.type()).isEqualTo(type));
    }
}
