package io.foretide.storage;

import static org.assertj.core.api.Assertions.assertThatCode;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.util.unit.DataSize;

class StalledTransactionsTest {
    @Test
    @Timeout(60)
    void nobodyKeepsALockWhoStoppedInTheMiddleOfATransaction() throws IOException, SQLException {
        try (var server = EmbeddedPostgres.start();
                HikariDataSource pool = pool(server)) {
            Connection stalled = pool.getConnection(); // ended by the server
            stalled.setAutoCommit(false);
            execute(stalled, "create table place (id int)");
            stalled.commit();
            execute(stalled, "lock table place");

            try (Connection other = server.getPostgresDatabase().getConnection()) {
                assertThatCode(() -> execute(other, "insert into place values (1)"))
                        .doesNotThrowAnyException();
            }
        }
    }

    private static HikariDataSource pool(EmbeddedPostgres server) {
        String url = server.getJdbcUrl("postgres", "postgres");
        var properties =
                new StorageProperties("unused", url, "postgres", "", DataSize.ofMegabytes(1), Duration.ofSeconds(1));
        var beans =
                new StaticListableBeanFactory(Map.of("database", new Database(properties), "properties", properties));
        var processor = new StalledTransactions(
                beans.getBeanProvider(Database.class), beans.getBeanProvider(StorageProperties.class));
        var pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        processor.postProcessBeforeInitialization(pool, "pool");
        return pool;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
