package io.foretide.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.storage.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same on an H2 file, as the service has it by default. */
class FileModelRegistryTest extends ModelRegistryTest {
    @TempDir
    Path folder;

    @Override
    TestDatabase open() {
        return TestDatabase.inFolder(folder);
    }

    @Test
    void findsEverythingAgainAfterRestart() {
        fixture.register("air");
        ModelVersion second = fixture.register("air", Promotion.ALWAYS);
        database.close();

        database = open();
        fixture = new RegistryFixture(database);

        assertThat(fixture.registry.resolve(ModelReference.parse("air"))).isEqualTo(second);
        assertThat(fixture.load("air").version()).isEqualTo(second);
        assertThat(fixture.register("air").version()).isEqualTo(3);
    }
}
