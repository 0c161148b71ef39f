package io.foretide.registry;

import java.time.Instant;

/**
 * Where an alias points, and since when.
 *
 * @param revision the number of the move that brought it there; no two moves share one
 * @param cause who moved it there, and why
 */
record ModelAlias(ModelName model, Selector.Alias alias, int version, long revision, Cause cause, Instant movedAt) {
    /** The revision as HTTP has it, with its quotes. */
    String entityTag() {
        return "\"" + revision + "\"";
    }
}
