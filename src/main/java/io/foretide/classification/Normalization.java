package io.foretide.classification;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What values are measured by. */
public enum Normalization {
    /** By mean and spread of each channel in the training data: the same for all sequences, and known at the first step. */
    @JsonProperty("data")
    DATA,
    /** By mean and spread of each channel in the sequence itself, which are known only when it has ended. */
    @JsonProperty("sequence")
    SEQUENCE
}
