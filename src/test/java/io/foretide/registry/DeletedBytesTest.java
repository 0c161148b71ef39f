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
    private static final int ROUNDS = 60;

    @Test
    void theFileStopsGrowing(@TempDir Path folder) throws IOException {
        try (var database = TestDatabase.inFolder(folder)) {
            // H2 keeps what was overwritten for 45 seconds more; without that the test need not wait for them.
            database.client().sql("set retention_time 0").update();
            var fixture = new RegistryFixture(database);
            var random = new Random(1);
            for (int round = 0; round < ROUNDS; round++) {
                byte[] artifact = new byte[ARTIFACT];
                random.nextBytes(artifact);
                NewVersion like = fixture.version("air", null, Promotion.NEVER);
                ModelVersion version = fixture.registry.register(new NewVersion(
                        like.model(), Task.FORECAST, null, artifact, like.provenance(), Promotion.NEVER));
                fixture.registry.deleteVersion(version.model(), version.version());
            }

            assertThat(database.client()
                            .sql("select count(*) from blob_part")
                            .query(Long.class)
                            .single())
                    .isZero();
            assertThat(Files.size(folder.resolve("foretide.mv.db"))).isLessThan(ROUNDS / 4L * ARTIFACT);
        }
    }
}
