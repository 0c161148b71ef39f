package io.foretide.generation;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a continuation ended. */
public enum FinishReason {
    /** It has as many tokens as were asked for. */
    @JsonProperty("length")
    LENGTH,
    /** It came to a stop string. */
    @JsonProperty("stop")
    STOP,
    /** Who listened wanted no more. */
    @JsonProperty("cancelled")
    CANCELLED
}
