package chaos;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The database of the service. */
sealed interface Database extends AutoCloseable {
    /** What tells the service where its database is. */
    List<String> arguments();

    /** How many processes can share it. */
    int processes();

    @Override
    void close() throws IOException;

    /** A file of the embedded database, which lives and dies with the service. */
    record H2(Path folder) implements Database {
        @Override
        public List<String> arguments() {
            return List.of("--foretide.storage.path=" + folder.resolve("foretide"));
        }

        @Override
        public int processes() {
            return 1;
        }

        @Override
        public void close() {}
    }

    /** A real server of its own, which can be paused. */
    record Postgres(Path folder, EmbeddedPostgres server) implements Database {
        static Postgres start(Path folder) throws IOException {
            return new Postgres(
                    folder,
                    EmbeddedPostgres.builder()
                            .setDataDirectory(folder)
                            .setServerConfig("synchronous_commit", "on")
                            .setServerConfig("fsync", "on")
                            .start());
        }

        /** Stops every process of the server, and has them go on after a while. */
        void pause(long millis) throws IOException, InterruptedException {
            long pid = Long.parseLong(
                    Files.readAllLines(folder.resolve("postmaster.pid")).getFirst().strip());
            ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
            Signals.send("STOP", postmaster.pid()); // so that no more are born
            List<Long> others = postmaster.descendants().map(ProcessHandle::pid).toList();
            others.forEach(other -> Signals.send("STOP", other));
            try {
                Thread.sleep(millis);
            } finally {
                Stream.concat(Stream.of(pid), others.stream()).forEach(each -> Signals.send("CONT", each));
            }
        }

        @Override
        public List<String> arguments() {
            return List.of(
                    "--foretide.storage.url=" + server.getJdbcUrl("postgres", "postgres"),
                    "--foretide.storage.username=postgres");
        }

        @Override
        public int processes() {
            return 2;
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
