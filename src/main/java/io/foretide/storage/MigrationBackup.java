package io.foretide.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.tools.Restore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copy of an H2 file beside it, which is there only while its tables are changed.
 *
 * <p>H2 cannot roll such a change back. Where the copy is found at a start, a change was interrupted, and the file is made
 * what it was before.
 */
final class MigrationBackup {
    private static final Logger log = LoggerFactory.getLogger(MigrationBackup.class);

    private final Path file;
    private final Path copy;

    MigrationBackup(Path file) {
        this.file = file;
        this.copy = file.resolveSibling(file.getFileName() + ".before-migration.zip");
    }

    /** Copies the database that is open; the copy is there as a whole or not at all. */
    void make(Connection database) throws SQLException {
        Path unfinished = copy.resolveSibling(copy.getFileName() + ".tmp");
        try (var statement = database.createStatement()) {
            statement.execute("backup to '" + unfinished.toString().replace("'", "''") + "'");
            Files.move(unfinished, copy, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts the copy in the place of the file, where there is one and no other process has the file open; it is used up. */
    void restoreIfThere() {
        if (!Files.exists(copy) || isOpenElsewhere()) {
            return;
        }
        try {
            Path folder = Files.createTempDirectory(file.getParent(), "restored");
            Restore.execute(copy.toString(), folder.toString(), null);
            Path restored = folder.resolve(file.getFileName());
            writeThrough(restored);
            Files.move(restored, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        delete(); // or the next start would undo what is written from here on
        log.warn("migration was interrupted, database restored to before it file={}", file);
    }

    private static void writeThrough(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private boolean isOpenElsewhere() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
