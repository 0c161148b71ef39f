package io.foretide.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foretide.testing.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class SafeMigrationTest {
    @TempDir
    Path folder;

    @TempDir
    Path scripts;

    @TempDir
    Path data;

    @BeforeEach
    void beginWithOneTable() throws Exception {
        Files.writeString(
                scripts.resolve("V1__first.sql"), "create table first (n integer); insert into first values (1)");
        migrate(database());
    }

    @Test
    void leavesTheTablesAsTheyWereWhereAMigrationBreaksOff() throws Exception {
        Path second = Files.writeString(
                scripts.resolve("V2__second.sql"), "create table other (n integer); delete from first; no sql");
        assertThatThrownBy(() -> migrate(database())).isInstanceOf(FlywayException.class);

        Files.writeString(second, "create table other (n integer)");
        migrate(database());

        assertThat(tables(database())).contains("first", "other");
        assertThat(count(database(), "first")).isEqualTo(1);
    }

    @Test
    void goesOnWithTheTablesAsTheyWereWhereTheMigrationIsGivenUp() throws Exception {
        Path second = Files.writeString(scripts.resolve("V2__second.sql"), "delete from first; no sql");
        assertThatThrownBy(() -> migrate(database())).isInstanceOf(FlywayException.class);
        Files.delete(second);
        migrate(database());
        insertIntoFirst(2);

        migrate(database());

        assertThat(count(database(), "first"))
                .as("what came after the restore stays")
                .isEqualTo(2);
    }

    @Test
    void runsBeforeTheServiceOpensTheDatabase() throws Exception {
        RunningService.start(data).close();
        try (var connection = connect(database(data.resolve("foretide")));
                var statement = connection.createStatement()) {
            new MigrationBackup(data.resolve("foretide/foretide.mv.db")).make(connection);
            statement.execute("create table half_done (n integer)");
        }

        RunningService.start(data).close();

        assertThat(tables(database(data.resolve("foretide")))).contains("model").doesNotContain("half_done");
    }

    @Test
    void keepsNoCopyOfWhatWasMigrated() throws Exception {
        Files.writeString(scripts.resolve("V2__second.sql"), "create table other (n integer)");

        migrate(database());

        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("foretide.mv.db");
        }
    }

    @Test
    void doesNotTouchAFileThatAnotherProcessMigrates() throws Exception {
        Process other = CommittingProcess.start(folder, 0);
        try (var output = other.inputReader()) {
            assertThat(output.readLine()).isEqualTo("0");
            byte[] copy = Files.readAllBytes(scripts.resolve("V1__first.sql")); // no database at all
            Files.write(folder.resolve("foretide.mv.db.before-migration.zip"), copy);

            assertThatThrownBy(() -> migrate(database())).hasStackTraceContaining("The file is locked");
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    private Database database() {
        return database(folder);
    }

    private static Database database(Path folder) {
        return new Database(new StorageProperties(
                folder.toString(), null, "sa", "", DataSize.ofMegabytes(1), Duration.ofSeconds(15)));
    }

    private void migrate(Database database) {
        Flyway flyway = Flyway.configure()
                .dataSource(database.getJdbcUrl(), "sa", "")
                .locations("filesystem:" + scripts)
                .load();
        new SafeMigration(database).migrate(flyway);
    }

    private static Connection connect(Database database) throws SQLException {
        return DriverManager.getConnection(database.getJdbcUrl(), "sa", "");
    }

    private void insertIntoFirst(int number) throws SQLException {
        try (var connection = connect(database());
                var statement = connection.createStatement()) {
            statement.execute("insert into first values (" + number + ")");
        }
    }

    private static List<String> tables(Database database) throws SQLException {
        try (var connection = connect(database);
                var tables = connection.getMetaData().getTables(null, "public", null, null)) {
            var names = new ArrayList<String>();
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME"));
            }
            return names;
        }
    }

    private static int count(Database database, String table) throws SQLException, IOException {
        try (var connection = connect(database);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
