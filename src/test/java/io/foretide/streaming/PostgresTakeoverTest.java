package io.foretide.streaming;

import io.foretide.storage.TestDatabase;

/** The same on a real PostgreSQL server. */
class PostgresTakeoverTest extends TakeoverTest {
    @Override
    TestDatabase database() {
        return TestDatabase.postgres();
    }
}
