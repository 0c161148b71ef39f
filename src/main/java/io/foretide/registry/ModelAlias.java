package io.foretide.registry;

import java.time.Instant;

/**
 * Where an alias points, and since when.
 *
 * @param revision the number of the move that brought it there; no two moves share one
 */
record ModelAlias(ModelName model, Selector.Alias alias, int version, long revision, String reason, Instant movedAt) {}
