package io.foretide.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.util.unit.DataSize;

class DatabaseTest {
    @TempDir
    Path folder;

    @Test
    void makesItsFolder() {
        Path data = folder.resolve("a/b");

        var database = new Database(properties(data.toString(), null));

        assertThat(data).isDirectory();
        assertThat(database.description()).isEqualTo("H2 file " + data.resolve("foretide.mv.db"));
    }

    @Test
    void saysInSentencesWhichFolderCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("occupied"), "no folder");

        assertThatThrownBy(() -> new Database(properties(file.toString(), null)))
                .isInstanceOfSatisfying(UnusableDatabaseException.class, failure -> {
                    assertThat(failure.matter()).contains(file.toString(), "cannot be created");
                    assertThat(failure.action()).contains("foretide.storage.path");
                    assertThat(description(failure)).isEqualTo(failure.matter());
                });
    }

    @Test
    void takesAnotherDatabaseByOneProperty() {
        String url = "jdbc:postgresql://db.example/foretide?password=secret";

        var database = new Database(properties("unused", url));

        assertThat(database.getJdbcUrl()).isEqualTo(url);
        assertThat(database.description()).doesNotContain("secret");
        assertThat(Path.of("unused")).doesNotExist();
    }

    @Test
    void keepsThePasswordToItself() {
        assertThat(properties("data", null).toString()).doesNotContain("top secret");
    }

    private static StorageProperties properties(String path, @Nullable String url) {
        return new StorageProperties(path, url, "sa", "top secret", DataSize.ofMegabytes(1), Duration.ofSeconds(15));
    }

    private static String description(Throwable failure) {
        FailureAnalysis analysis = new StorageFailureAnalyzer().analyze(new IllegalStateException(failure));
        return Objects.requireNonNull(analysis).getDescription();
    }
}
