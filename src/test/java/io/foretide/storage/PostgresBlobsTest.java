package io.foretide.storage;

/** The same on a real PostgreSQL server. */
class PostgresBlobsTest extends BlobsTest {
    @Override
    TestDatabase open() {
        return TestDatabase.postgres();
    }
}
