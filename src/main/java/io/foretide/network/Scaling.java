package io.foretide.network;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether each series is measured in units of its own running error. */
public enum Scaling {
    @JsonProperty("auto")
    AUTO,
    @JsonProperty("none")
    NONE
}
