package io.foretide.network;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a training ended. */
public enum StopReason {
    /** All planned epochs were trained. */
    @JsonProperty("epochs")
    EPOCHS,
    /** The validation loss had not improved for as many epochs as patience allows. */
    @JsonProperty("patience")
    PATIENCE,
    /** The cap on the duration was reached; the result is not repeatable. */
    @JsonProperty("time")
    TIME
}
