package io.foretide.storage;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A database as the service has it, with every migration applied. */
public final class TestDatabase implements AutoCloseable {
    private final HikariDataSource dataSource = new HikariDataSource();
    private final JdbcTransactionManager transactions;
    private final JdbcClient client;

    private TestDatabase(String url, String user) {
        dataSource.setJdbcUrl(url);
        dataSource.setUsername(user);
        dataSource.setPassword("");
        transactions = new JdbcTransactionManager(dataSource);
        client = JdbcClient.create(dataSource);
        Flyway.configure().dataSource(dataSource).load().migrate();
    }

    /** An empty H2 in memory. */
    public static TestDatabase inMemory() {
        return new TestDatabase(H2Url.of("jdbc:h2:mem:" + UUID.randomUUID()).value(), "sa");
    }

    /** The H2 file of a folder, as it is there. */
    public static TestDatabase inFolder(Path folder) {
        return new TestDatabase(H2Url.inFolder(folder.toString()).value(), "sa");
    }

    /** An empty database of a real PostgreSQL server. */
    public static TestDatabase postgres() {
        return new TestDatabase(emptyPostgres(), "postgres");
    }

    /** The URL of an empty database of a real PostgreSQL server, whose user is postgres and has no password. */
    public static String emptyPostgres() {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        JdbcClient.create(PostgresServer.RUNNING.getPostgresDatabase())
                .sql("create database " + name)
                .update();
        return PostgresServer.RUNNING.getJdbcUrl("postgres", name);
    }

    public JdbcClient client() {
        return client;
    }

    public JdbcTemplate template() {
        return new JdbcTemplate(dataSource);
    }

    public JdbcTransactionManager transactions() {
        return transactions;
    }

    /** Gives room in the file of an H2 database back, as the service does twice a second. */
    public void compact() {
        compact(H2Compaction.RETENTION);
    }

    /** The same, where overwritten values are kept for another time. */
    void compact(Duration retention) {
        template().execute((ConnectionCallback<@Nullable Void>) connection -> {
            H2Compaction.compact(connection, retention);
            return null;
        });
    }

    @Override
    public void close() {
        dataSource.close();
    }

    /** Starts with the first test that needs it, and ends with the process. */
    private static final class PostgresServer {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
