package io.foretide.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class DatabaseFailureTest {
    @Test
    void aConnectionThatIsLostInTheCommitIsADatabaseThatIsGone() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start();
                var pool = new HikariDataSource(configuration(server))) {
            var transactions = new JdbcTransactionManager(pool);
            transactions.setRollbackOnCommitFailure(true);
            JdbcClient client = JdbcClient.create(pool);

            Throwable failure = null;
            try {
                new TransactionTemplate(transactions).executeWithoutResult(_ -> {
                    int backend = client.sql("select pg_backend_pid()")
                            .query(Integer.class)
                            .single();
                    end(server, backend);
                });
            } catch (RuntimeException e) {
                failure = e;
            }

            assertThat(failure).isNotNull();
            assertThat(DatabaseFailure.of(failure)).as("%s", failure).contains(DatabaseFailure.GONE);
        }
    }

    private static void end(EmbeddedPostgres server, int backend) {
        JdbcClient.create(server.getPostgresDatabase())
                .sql("select pg_terminate_backend(?, 5000)")
                .param(backend)
                .query(Boolean.class)
                .single();
    }

    private static HikariConfig configuration(EmbeddedPostgres server) {
        var configuration = new HikariConfig();
        configuration.setJdbcUrl(server.getJdbcUrl("postgres", "postgres"));
        return configuration;
    }
}
