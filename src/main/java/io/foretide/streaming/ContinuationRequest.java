package io.foretide.streaming;

import io.foretide.generation.SamplingOptions;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked of a continuation over HTTP, where the address says of which session: as {@link ClientMessage.Generate}. */
record ContinuationRequest(
        @Positive @Nullable Long seq,
        @PositiveOrZero @Nullable Integer maxTokens,
        @PositiveOrZero @DecimalMax("100") @Nullable Double temperature,
        @PositiveOrZero @Nullable Integer topK,
        @Positive @DecimalMax("1") @Nullable Double topP,
        @Nullable Long seed,

        @Size(max = SamplingOptions.MOST_STOPS) @Nullable
        List<@NotNull @Size(min = 1, max = SamplingOptions.LONGEST_STOP) String> stop) {
    ClientMessage.Generate of(String session) {
        return new ClientMessage.Generate(null, session, seq, maxTokens, temperature, topK, topP, seed, stop);
    }
}
