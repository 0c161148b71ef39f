package io.foretide.streaming;

/** What a session does when the alias that it was opened with moves to another version. */
enum VersionPolicy {
    /** Stays with its version. */
    PIN,
    /** Walks its kept observations through the new version, and goes on there. */
    MIGRATE
}
