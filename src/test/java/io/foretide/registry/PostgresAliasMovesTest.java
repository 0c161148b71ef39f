package io.foretide.registry;

import io.foretide.storage.TestDatabase;

/** The same on a real PostgreSQL server. */
class PostgresAliasMovesTest extends AliasMovesTest {
    @Override
    TestDatabase open() {
        return TestDatabase.postgres();
    }
}
