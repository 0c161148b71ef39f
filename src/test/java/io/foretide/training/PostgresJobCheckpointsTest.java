package io.foretide.training;

import io.foretide.storage.TestDatabase;

class PostgresJobCheckpointsTest extends JobCheckpointsTest {
    @Override
    TestDatabase database() {
        return TestDatabase.postgres();
    }
}
