package io.foretide.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.storage.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What deleted versions held is free for new ones, in the file as well. */
class DeletedBytesTest {
    private static final int ARTIFACT = 2_000_000;

    @Test
    void theFileStopsGrowing(@TempDir Path folder) throws IOException {
        try (var database = TestDatabase.inFolder(folder)) {
            var fixture = new RegistryFixture(database);
            var random = new Random(1);
            long start = System.nanoTime();
            for (int round = 0; round < 300; round++) {
                byte[] artifact = new byte[ARTIFACT];
                random.nextBytes(artifact);
                NewVersion like = fixture.version("air", null, Promotion.NEVER);
                ModelVersion version = fixture.registry.register(new NewVersion(
                        like.model(), "forecast", null, artifact, like.provenance(), Promotion.NEVER));
                fixture.registry.deleteVersion(version.model(), version.version());
                if (round % 20 == 19) {
                    System.out.println("GROWTH " + round + " " + size(folder) / 1_000_000 + " MB after "
                            + (System.nanoTime() - start) / 1_000_000_000 + " s");
                }
            }
        }
        System.out.println("GROWTH closed " + size(folder) / 1_000_000 + " MB");
        assertThat(size(folder)).isLessThan(20L * ARTIFACT);
    }

    private static long size(Path folder) throws IOException {
        return Files.size(folder.resolve("foretide.mv.db"));
    }
}
