package io.foretide.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Gives back the room in an H2 file that overwritten values take between others. H2 does so only in a thread that it has where
 * commits may be late, and ours may not: without this the file grows for as long as it is written to.
 *
 * <p>What was overwritten is kept until the disk surely has what came in its place, so that a power cut finds one or the other. H2
 * would wait 45 seconds for that; here the disk is told to write, and so it need not.
 */
@Component
final class H2Compaction implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(H2Compaction.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Many times as long as the disk may take to write what it is told to. */
    static final Duration RETENTION = Duration.ofSeconds(10);

    /** How much of what is written in the file is to be alive, in percent. */
    private static final int LEAST_FILL = 60;

    /** The most that is written anew at once: so long may a commit wait. */
    private static final int MOST_BYTES = 4 << 20;

    private final DataSource pool;
    private final Database database;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("h2-compaction").daemon().factory());
    private volatile boolean running;
    private boolean failing;

    H2Compaction(DataSource pool, Database database) {
        this.pool = pool;
        this.database = database;
    }

    @Override
    public void start() {
        running = true;
        if (database.file().isPresent()) {
            clock.scheduleWithFixedDelay(this::tick, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void tick() {
        try (Connection connection = pool.getConnection()) {
            compact(connection, RETENTION);
            failing = false;
        } catch (SQLException | MVStoreException failure) {
            // A disk that is full or a file that was closed is told to those who need it; here it would be told twice a
            // second.
            if (!failing) {
                log.warn("database file not compacted", failure);
            }
            failing = true;
        }
    }

    /**
     * Has the disk write what was committed, and gives some room back.
     *
     * @param retention how long overwritten values are kept
     */
    static void compact(Connection connection, Duration retention) throws SQLException {
        var session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        MVStore store = session.getDatabase().getStore().getMvStore();
        store.setRetentionTime((int) retention.toMillis());
        store.sync();
        // By itself compact gives up where a commit is under way, which under load is nearly always.
        store.executeFilestoreOperation(() -> store.compact(LEAST_FILL, MOST_BYTES));
        store.commit();
    }

    @Override
    public void stop() {
        clock.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
