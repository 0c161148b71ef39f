package io.foretide.generation;

import io.foretide.text.TokenKind;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of a language model; absent fields are chosen for the text.
 *
 * @param vocabulary how many tokens it may know at most, those that are the most frequent
 * @param context over how many tokens the training goes back
 */
public record GenerateOptions(
        @Nullable TokenKind tokens,
        @Min(2) @Max(GenerateSettings.MOST_TOKENS) @Nullable Integer vocabulary,

        @Min(1) @Max(GenerateSettings.LONGEST_CONTEXT) @Nullable
        Integer context) {
    public static final GenerateOptions NONE = new GenerateOptions(null, null, null);
}
