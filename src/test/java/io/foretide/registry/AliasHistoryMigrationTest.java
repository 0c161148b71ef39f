package io.foretide.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.storage.TestDatabase;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Moves that were made before aliases could be rolled back can be rolled back as well. */
class AliasHistoryMigrationTest {
    @Test
    void findsTheWayBackOnH2() {
        String url = "jdbc:h2:mem:" + UUID.randomUUID()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1";
        findsTheWayBack(new DriverManagerDataSource(url, "sa", ""));
    }

    @Test
    void findsTheWayBackOnPostgres() {
        findsTheWayBack(new DriverManagerDataSource(TestDatabase.emptyPostgres(), "postgres", ""));
    }

    private static void findsTheWayBack(DriverManagerDataSource source) {
        Flyway.configure().dataSource(source).target("2").load().migrate();
        JdbcClient database = JdbcClient.create(source);
        database.sql("""
                insert into alias_move (id, model, alias, from_version, to_version, reason, moved_at) values
                    (1, 'air', 'champion', null, 1, '', current_timestamp),
                    (2, 'air', 'stable', null, 1, '', current_timestamp),
                    (3, 'air', 'champion', 1, 2, '', current_timestamp),
                    (4, 'sea', 'champion', null, 1, '', current_timestamp),
                    (5, 'air', 'stable', 1, null, '', current_timestamp),
                    (6, 'air', 'champion', 2, 3, '', current_timestamp),
                    (7, 'air', 'stable', null, 2, '', current_timestamp)
                """).update();

        Flyway.configure().dataSource(source).load().migrate();

        List<String> back = database.sql("select id, back, moved_by from alias_move order by id")
                .query((row, _) -> row.getString(1) + ">" + row.getString(2) + " " + row.getString(3))
                .list();
        assertThat(back)
                .containsExactly(
                        "1>null unknown",
                        "2>null unknown",
                        "3>1 unknown",
                        "4>null unknown",
                        "5>null unknown",
                        "6>3 unknown",
                        "7>null unknown");
    }
}
