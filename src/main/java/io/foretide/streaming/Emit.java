package io.foretide.streaming;

/** What a session answers an observation with. */
enum Emit {
    /** A forecast after each. */
    EACH,
    /** An acknowledgement; forecasts only when asked for. */
    NONE
}
