package io.foretide.streaming;

import static org.awaitility.Awaitility.await;

import io.foretide.generation.Turns;
import io.foretide.problem.TestProblems;
import io.foretide.registry.GenerationTurns;
import io.foretide.storage.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.util.unit.DataSize;

/** Processes with sessions over one database. */
final class SessionFixture implements AutoCloseable {
    final JournalFixture store;
    final TrainedModels models = new TrainedModels();
    private final List<SessionWorkers> workers = new ArrayList<>();
    private final byte[] key = new byte[32];

    SessionFixture(TestDatabase database) {
        this.store = new JournalFixture(database);
        add("air", "forecast", 2, 3);
        TrainedClassifiers.MODELS.forEach(model -> add(model, "classify"));
        TrainedWriters.MODELS.forEach(model -> add(model, "generate"));
    }

    private void add(String model, String task) {
        var client = store.database.client();
        client.sql("insert into model_number (model, last_version) values (?, 2)")
                .param(model)
                .update();
        client.sql("insert into model (name, task, created_at) values (?, ?, current_timestamp)")
                .params(model, task)
                .update();
        add(model, task, 1, 2);
    }

    private void add(String model, String task, int... versions) {
        for (int version : versions) {
            store.database.client().sql("""
                            insert into model_version (model, version, task, created_at, artifact, artifact_size, artifact_sha256, provenance)
                            values (?, ?, ?, current_timestamp, 'artifact', 0, '', '{}')
                            """).params(model, version, task).update();
        }
    }

    /** A process, and the database as it has it: without that it is as dead as after a crash. */
    record Process(Sessions sessions, FlakyTransactions database, MeterRegistry meters) {
        TestClient connect() {
            var client = new TestClient(sessions);
            sessions.came(client);
            return client;
        }
    }

    Process start(String... properties) {
        return start(new GenerationTurns(), properties);
    }

    /** @param turns in which texts are read and written */
    Process start(Turns turns, String... properties) {
        return start(
                turns,
                new JournalProperties(
                        Duration.ofMillis(5),
                        16,
                        DataSize.ofMegabytes(128),
                        DataSize.ofMegabytes(1),
                        Duration.ofMinutes(5),
                        Duration.ofMillis(20)),
                properties);
    }

    Process start(JournalProperties journalProperties, String... properties) {
        return start(new GenerationTurns(), journalProperties, properties);
    }

    Process start(Turns turns, JournalProperties journalProperties, String... properties) {
        FlakyTransactions transactions = store.transactions();
        DatabaseJournal journal = store.journal(journalProperties, transactions);
        var threads = new SessionWorkers();
        workers.add(threads);
        var meters = new SimpleMeterRegistry();
        var problems = TestProblems.standingAlone();
        var sessions = new Sessions(
                journal,
                new Signatures(key),
                problems,
                models,
                Codec.properties(properties),
                journalProperties,
                new SessionMetrics(meters),
                new StoredCount(store.database.client(), Codec.properties(properties)),
                threads,
                turns);
        threads.every(10, sessions::tick);
        return new Process(sessions, transactions, meters);
    }

    static void until(org.awaitility.core.ThrowingRunnable condition) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(condition);
    }

    @Override
    public void close() {
        workers.forEach(SessionWorkers::close);
        store.close();
    }
}
