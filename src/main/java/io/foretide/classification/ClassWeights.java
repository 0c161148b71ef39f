package io.foretide.classification;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How much a sequence counts in training. */
public enum ClassWeights {
    /** All count the same: best where probabilities and accuracy matter. */
    @JsonProperty("none")
    NONE,
    /** Those of rare classes count more, so that all classes together count the same: best where rare ones must be found. */
    @JsonProperty("balanced")
    BALANCED
}
