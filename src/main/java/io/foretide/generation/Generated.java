package io.foretide.generation;

import org.jspecify.annotations.Nullable;

/**
 * A continuation.
 *
 * @param text without the stop string, which the state has read nevertheless
 * @param stop the stop string that it came to; null where it did not
 * @param tokens how many were generated, those of the stop string included
 */
public record Generated(
        String text, FinishReason reason, @Nullable String stop, int tokens) {}
