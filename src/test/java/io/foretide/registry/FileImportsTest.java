package io.foretide.registry;

import io.foretide.storage.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The same on an H2 file, as the service has it by default. */
class FileImportsTest extends ImportsTest {
    @TempDir
    Path folder;

    @Override
    TestDatabase open() {
        return TestDatabase.inFolder(folder);
    }
}
