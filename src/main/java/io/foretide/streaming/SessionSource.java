package io.foretide.streaming;

/** Where a session was before it came into the memory of this process. */
enum SessionSource {
    /** It rested in the database. */
    STORE,
    /** Another process had it, living or dead. */
    PROCESS
}
