package io.foretide.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.storage.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL while versions are registered and an alias is moved. */
@Timeout(120)
class KilledRegistryTest {
    @TempDir
    Path folder;

    @Test
    void keepsEveryVersionWholeAndEveryConfirmedMove() throws Exception {
        var random = new Random(1);
        for (int kill = 1; kill <= 3; kill++) {
            List<String> confirmed = registerUntilKilled(2 + random.nextInt(4), random.nextInt(30));

            try (var database = TestDatabase.inFolder(folder)) {
                requireWhole(database, confirmed);
            }
        }
    }

    private List<String> registerUntilKilled(int lines, int millisLater) throws IOException, InterruptedException {
        Process process = RegisteringProcess.start(folder);
        var confirmed = new ArrayList<String>();
        try (BufferedReader output = process.inputReader(UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.matches("(registered|promoted) [0-9]+")) {
                    confirmed.add(line);
                }
                if (confirmed.size() == lines) {
                    Thread.sleep(millisLater); // into whatever comes next
                    process.toHandle().destroyForcibly();
                }
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(confirmed).hasSizeGreaterThanOrEqualTo(lines);
        return confirmed;
    }

    private static void requireWhole(TestDatabase database, List<String> confirmed) {
        var fixture = new RegistryFixture(database);
        int last = number(confirmed, "registered");
        int champion = fixture.registry
                .champion(RegisteringProcess.MODEL)
                .map(ModelVersion::version)
                .orElse(0);
        List<Integer> versions = fixture.store.versions().numbers(RegisteringProcess.MODEL);

        assertThat(versions).contains(last).last().isIn(last, last + 1);
        assertThat(champion).isBetween(number(confirmed, "promoted"), last + 1);
        for (int version : versions) {
            ModelVersion found = fixture.store
                    .versions()
                    .find(RegisteringProcess.MODEL, version)
                    .orElseThrow();
            // Reading compares the fingerprint.
            assertThat(fixture.store.artifacts().read(found)).isNotEmpty();
            assertThat(fixture.registry.register(RegisteringProcess.version(fixture, version)))
                    .as("registered once more by its job")
                    .isEqualTo(found);
        }
        assertThat(count(database, "blob")).as("no bytes without a version").isEqualTo(versions.size());
        assertThat(count(database, "alias_move where model = 'killed'"))
                .as("a move for each version until the champion")
                .isBetween(champion - 3, champion);
    }

    private static int number(List<String> confirmed, String what) {
        return confirmed.stream()
                .filter(line -> line.startsWith(what))
                .map(line -> Integer.parseInt(line.substring(what.length() + 1)))
                .reduce(0, Math::max);
    }

    private static int count(TestDatabase database, String table) {
        return database.client()
                .sql("select count(*) from " + table)
                .query(Integer.class)
                .single();
    }
}
