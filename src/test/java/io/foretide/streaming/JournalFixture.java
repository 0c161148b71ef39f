package io.foretide.streaming;

import static org.awaitility.Awaitility.await;

import io.foretide.problem.ProblemException;
import io.foretide.registry.ModelName;
import io.foretide.registry.ModelReference;
import io.foretide.series.QuantileLevel;
import io.foretide.storage.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.springframework.util.unit.DataSize;

/** Journals of several processes over one database, with a version that sessions can walk. */
final class JournalFixture implements AutoCloseable {
    static final Duration TTL = Duration.ofDays(7);
    static final JournalProperties EAGER = properties(Duration.ofMillis(5), DataSize.ofMegabytes(128));

    final TestDatabase database;
    final MovedClock clock = new MovedClock();
    private final List<DatabaseJournal> journals = new ArrayList<>();

    JournalFixture(TestDatabase database) {
        this.database = database;
        for (String sql : List.of(
                "insert into blob (id, size) values ('artifact', 0)",
                "insert into model_number (model, last_version) values ('air', 1)",
                "insert into model (name, task, created_at) values ('air', 'forecast', current_timestamp)",
                """
                insert into model_version (model, version, task, created_at, artifact, artifact_size, artifact_sha256, provenance)
                values ('air', 1, 'forecast', current_timestamp, 'artifact', 0, '', '{}')
                """)) {
            database.client().sql(sql).update();
        }
    }

    static JournalProperties properties(Duration lag, DataSize size) {
        return new JournalProperties(
                lag, 8, size, DataSize.ofMegabytes(1), Duration.ofMinutes(5), Duration.ofMillis(20));
    }

    /** A process of its own. */
    DatabaseJournal journal() {
        return journal(EAGER, new FlakyTransactions(database.transactions()));
    }

    DatabaseJournal journal(JournalProperties properties, FlakyTransactions transactions) {
        var journal = new DatabaseJournal(
                database.template(), transactions, properties, new JournalMetrics(new SimpleMeterRegistry()), clock);
        journals.add(journal);
        return journal;
    }

    FlakyTransactions transactions() {
        return new FlakyTransactions(database.transactions());
    }

    static StoredSession session(String name) {
        var settings = new SessionSettings(
                1, List.of(QuantileLevel.MEDIAN), Emit.EACH, VersionPolicy.PIN, null, TTL, null, null, Map.of());
        return new StoredSession(
                name, ModelReference.champion(new ModelName("air")), 1, settings, History.startingAt(Walker.START));
    }

    static Walker open(Journal journal, String name) {
        StoredSession session = session(name);
        return new Walker(journal, get(journal.open(session)), session.history());
    }

    static Walker claim(Journal journal, long id) {
        return Walker.of(journal, get(journal.claim(id)));
    }

    /** What comes of it; a problem is thrown as it is. */
    static <T> T get(CompletableFuture<T> future) {
        try {
            return future.orTimeout(30, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ProblemException problem) {
                throw problem;
            }
            throw e;
        }
    }

    static void awaitDurable(Walker walker) {
        until(() -> walker.durableSeq() == walker.seq());
    }

    static void until(BooleanSupplier condition) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(2))
                .until(condition::getAsBoolean);
    }

    long rows(String table) {
        return database.client()
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single();
    }

    @Override
    public void close() {
        journals.forEach(DatabaseJournal::close);
        database.close();
    }

    /** Stands still until it is moved. Any thread. */
    static final class MovedClock extends Clock {
        private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void move(Duration by) {
            now = now.plus(by);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
