package io.foretide.prediction;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.foretide.generation.FinishReason;
import io.foretide.registry.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The continuation of a prompt as clients receive it.
 *
 * @param seed with which it is the same again
 * @param logProbabilities of each token of the text, where they were asked for
 */
record ContinuationAnswer(
        String model,
        int version,
        Task task,
        String text,
        FinishReason finishReason,
        Counts tokens,
        long seed,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<LikelyToken> logProbabilities)
        implements PredictionAnswer {
    /** Tokens that were read and generated, those of a stop string included. */
    record Counts(long prompt, long completion) {}

    /**
     * A token and how likely it was.
     *
     * @param text what it adds
     * @param logProbability ln p, before temperature and cuts
     */
    record LikelyToken(String text, double logProbability) {
        /** What one takes on the heap, with its text. */
        static final int BYTES = 128;
    }
}
