package io.foretide.registry;

import io.foretide.storage.TestDatabase;

/** The same on a real PostgreSQL server. */
class PostgresImportsTest extends ImportsTest {
    @Override
    TestDatabase open() {
        return TestDatabase.postgres();
    }
}
