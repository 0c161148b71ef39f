package io.foretide.classification;

import io.foretide.text.StopWords;
import io.foretide.text.Vocabulary;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of a classification; absent fields are chosen for the data.
 *
 * @param normalization of values
 * @param labelSmoothing the share of a label's probability that goes to all labels alike in training
 * @param stopWords of text
 * @param vocabulary of text: the most tokens, the unknown one included
 * @param patterns beside the networks
 */
public record ClassifyOptions(
        @Nullable Normalization normalization,
        @PositiveOrZero @DecimalMax("0.5") @Nullable Double labelSmoothing,
        @Nullable ClassWeights classWeights,
        @Nullable StopWords stopWords,
        @Min(2) @Max(Vocabulary.MOST_TOKENS) @Nullable Integer vocabulary,
        @Nullable Patterns patterns) {
    public static final ClassifyOptions NONE = new ClassifyOptions(null, null, null, null, null, null);
}
