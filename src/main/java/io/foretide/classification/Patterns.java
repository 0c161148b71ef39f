package io.foretide.classification;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether fixed patterns are looked for beside the networks. */
public enum Patterns {
    /** As many as the data need. */
    @JsonProperty("auto")
    AUTO,
    /** None: the networks are alone. */
    @JsonProperty("none")
    NONE
}
