package io.foretide.network;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether the network forecasts what differs from a running level and seasonal profile, or the value itself. */
public enum Anchoring {
    @JsonProperty("auto")
    AUTO,
    @JsonProperty("none")
    NONE
}
