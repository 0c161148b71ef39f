package io.foretide.prediction;

import io.foretide.generation.SamplingOptions;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of a continuation, beside the prompt.
 *
 * @param maxTokens where it ends at the latest; 200 where absent
 * @param temperature 0 takes the most likely token each time; 1 where absent
 * @param topK only so many of the most likely tokens are drawn from; all where it is 0 or absent
 * @param topP only the most likely tokens that together have this probability are drawn from; all where absent
 * @param seed the same one gives the same text; drawn where absent
 * @param stop the continuation ends before the first of these
 * @param logProbabilities whether to tell how likely each token was
 */
record GenerateRequest(
        @PositiveOrZero @Nullable Integer maxTokens,
        @PositiveOrZero @DecimalMax("100") @Nullable Double temperature,
        @PositiveOrZero @Nullable Integer topK,
        @Positive @DecimalMax("1") @Nullable Double topP,
        @Nullable Long seed,

        @Size(max = SamplingOptions.MOST_STOPS) @Nullable
        List<@NotNull @Size(min = 1, max = SamplingOptions.LONGEST_STOP) String> stop,

        @Nullable Boolean logProbabilities) {
    static final int DEFAULT_TOKENS = 200;
}
