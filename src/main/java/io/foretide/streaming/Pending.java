package io.foretide.streaming;

import java.util.List;

/**
 * What of a shard is to be written next.
 *
 * @param logs whose steps these are, and how far each had been appended
 */
record Pending(int shard, byte[] entries, List<Reached> logs) {

    /** A session, and the count of its last step among the entries. */
    record Reached(SessionLog log, long seq) {}
}
