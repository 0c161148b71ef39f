package io.foretide.training;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The same on the database of larger installations. */
@DirtiesContext // while the database is still there: it ends with the process
class StartFromOnPostgresTest extends StartFromTest {
    @DynamicPropertySource
    static void usePostgres(DynamicPropertyRegistry properties) throws IOException {
        EmbeddedPostgres server = EmbeddedPostgres.start();
        properties.add("foretide.storage.url", () -> server.getJdbcUrl("postgres", "postgres"));
        properties.add("foretide.storage.username", () -> "postgres");
    }
}
