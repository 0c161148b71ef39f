package io.foretide.text;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether capital letters make another token. */
public enum LetterCase {
    @JsonProperty("kept")
    KEPT,
    @JsonProperty("lowered")
    LOWERED
}
