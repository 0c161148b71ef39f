package io.foretide.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalysis;

@Timeout(120)
class DurabilityTest {
    @TempDir
    Path folder;

    @Test
    void losesNothingConfirmedWhenTheProcessIsKilled() throws Exception {
        for (int round = 1; round <= 4; round++) {
            List<Integer> confirmed = commitUntilKilled(round * 1_000_000, 150 * round);

            assertThat(stored()).as("round " + round).containsAll(confirmed);
        }
    }

    @Test
    void saysWhichFileAnotherProcessHasLocked() throws Exception {
        Process other = CommittingProcess.start(folder, 0);
        try (BufferedReader output = other.inputReader(UTF_8)) {
            assertThat(output.readLine()).isEqualTo("0");

            assertThatThrownBy(this::stored)
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            failure -> assertThat(description(failure))
                                    .isEqualTo(
                                            "The database file %s is locked by another process, probably a second Foretide."
                                                    .formatted(folder.resolve("foretide.mv.db"))));
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void saysWhichFileIsDamaged() throws Exception {
        commitUntilKilled(0, 100);
        Path file = folder.resolve("foretide.mv.db");
        Files.write(file, new byte[(int) Files.size(file)]);

        assertThatThrownBy(this::stored)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        failure -> assertThat(description(failure))
                                .isEqualTo("The database file %s is damaged, so nothing is served from it."
                                        .formatted(file)));
    }

    @Test
    void saysWhereNoServerAnswers() {
        assertThatThrownBy(() -> DriverManager.getConnection("jdbc:postgresql://localhost:1/foretide"))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        failure -> assertThat(description(failure))
                                .startsWith("The database cannot be reached: Connection to localhost:1 refused"));
    }

    private List<Integer> commitUntilKilled(int first, int atLeast) throws IOException, InterruptedException {
        Process process = CommittingProcess.start(folder, first);
        var confirmed = new ArrayList<Integer>();
        try (BufferedReader output = process.inputReader(UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                confirmed.add(Integer.parseInt(line));
                if (confirmed.size() == atLeast) {
                    // By its handle: the process object would close the output, which still holds confirmed numbers.
                    process.toHandle().destroyForcibly();
                }
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(confirmed).hasSizeGreaterThanOrEqualTo(atLeast);
        return confirmed;
    }

    private List<Integer> stored() throws SQLException {
        try (var connection = DriverManager.getConnection(
                        H2Url.inFolder(folder.toString()).value(), "sa", "");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select number from confirmed")) {
            var numbers = new ArrayList<Integer>();
            while (rows.next()) {
                numbers.add(rows.getInt(1));
            }
            return numbers;
        }
    }

    private static String description(Throwable failure) {
        FailureAnalysis analysis = new StorageFailureAnalyzer().analyze(new IllegalStateException(failure));
        return Objects.requireNonNull(analysis).getDescription();
    }
}
