package io.foretide.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;

/**
 * Changes the tables to what this release needs, so that a crash in the middle leaves them as they were: the next start puts
 * them back before it begins anew. Nothing of the service opens the database before that.
 */
@Component
final class SafeMigration implements FlywayMigrationStrategy {
    private final Database database;

    SafeMigration(Database database) {
        this.database = database;
    }

    @Override
    public void migrate(Flyway flyway) {
        Optional<MigrationBackup> backup = database.file().map(MigrationBackup::new);
        backup.ifPresent(MigrationBackup::restoreIfThere);
        if (backup.isEmpty() || flyway.info().pending().length == 0) {
            flyway.migrate();
            return;
        }
        migrate(flyway, backup.get());
    }

    private static void migrate(Flyway flyway, MigrationBackup backup) {
        try (Connection connection = flyway.getConfiguration().getDataSource().getConnection()) {
            backup.make(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("the database was not copied before its migration", e);
        }
        flyway.migrate();
        backup.delete();
    }
}
