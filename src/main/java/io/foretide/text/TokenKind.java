package io.foretide.text;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a token is. */
public enum TokenKind {
    /** A code point. */
    @JsonProperty("char")
    CHARACTER,
    /** A word, or a sign that stands between words. */
    @JsonProperty("word")
    WORD
}
