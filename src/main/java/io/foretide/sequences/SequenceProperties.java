package io.foretide.sequences;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How many sequences one request may hold, and how large they may be.
 *
 * @param maxSequences the most sequences
 * @param maxNumbers the most numbers over all sequences, skipped steps included
 * @param maxChannels the most numbers of a step
 * @param maxTextLength the most characters of one text
 * @param maxNameLength the most characters of an id or a label
 */
@Validated
@ConfigurationProperties("foretide.sequences")
record SequenceProperties(
        @DefaultValue("1000000") @Min(1) int maxSequences,
        @DefaultValue("20000000") @Min(1) long maxNumbers,
        @DefaultValue("256") @Min(1) @Max(256) int maxChannels,
        @DefaultValue("100000") @Min(1) @Max(1_000_000) int maxTextLength,
        @DefaultValue("256") @Min(1) int maxNameLength) {
    SequenceLimits limits() {
        return new SequenceLimits(maxSequences, maxNumbers, maxChannels, maxTextLength, maxNameLength);
    }
}
