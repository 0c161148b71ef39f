import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** The database of the service that is killed. */
sealed interface Store extends AutoCloseable permits Store.H2, PostgresServer {
    /** What tells the service where its database is. */
    List<String> arguments();

    /** The rows as they are, while no service runs. */
    Connection open() throws SQLException, IOException;

    @Override
    void close();

    /** The file of the embedded database, which lives and dies with the service. */
    record H2(Path folder) implements Store {
        @Override
        public List<String> arguments() {
            return List.of("--foretide.storage.path=" + folder);
        }

        /** Opens a copy: opening repairs, and how the service itself does with what the crash left is the question. */
        @Override
        public Connection open() throws SQLException, IOException {
            Path copy = Files.createDirectories(folder.resolveSibling("copy"));
            Files.copy(
                    folder.resolve("foretide.mv.db"),
                    copy.resolve("foretide.mv.db"),
                    StandardCopyOption.REPLACE_EXISTING);
            return DriverManager.getConnection(
                    "jdbc:h2:file:" + copy.resolve("foretide")
                            + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
                    "sa",
                    "");
        }

        @Override
        public void close() {}
    }

    /** Deletes a folder and all in it. */
    static void deleteRecursively(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.toList().reversed()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
