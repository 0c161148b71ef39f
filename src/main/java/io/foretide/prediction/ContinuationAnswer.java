package io.foretide.prediction;

import io.foretide.generation.FinishReason;
import io.foretide.registry.Task;

/**
 * The continuation of a prompt as clients receive it.
 *
 * @param seed with which it is the same again
 */
record ContinuationAnswer(
        String model, int version, Task task, String text, FinishReason finishReason, Counts tokens, long seed)
        implements PredictionAnswer {
    /** Tokens that were read and generated, those of a stop string included. */
    record Counts(long prompt, long completion) {}
}
