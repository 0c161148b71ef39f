package io.foretide.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;

/** Changes the tables to what this release needs, so that a crash in the middle leaves them as they were. */
@Component
final class SafeMigration implements FlywayMigrationStrategy {
    private final Database database;

    SafeMigration(Database database) {
        this.database = database;
    }

    @Override
    public void migrate(Flyway flyway) {
        Optional<Path> file = database.file();
        if (file.isEmpty() || flyway.info().pending().length == 0) {
            flyway.migrate();
            return;
        }
        var backup = new MigrationBackup(file.get());
        try (Connection connection = flyway.getConfiguration().getDataSource().getConnection()) {
            backup.make(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("the database was not copied before its migration", e);
        }
        flyway.migrate();
        backup.delete();
    }
}
