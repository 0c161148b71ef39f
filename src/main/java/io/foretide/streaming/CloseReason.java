package io.foretide.streaming;

/** Why a session is no longer there, or no longer this client's. */
enum CloseReason {
    /** The client closed it. */
    CLOSED,
    /** Another connection or process goes on with it. */
    TAKEN_OVER,
    /** Nobody used it for its time to live. */
    EXPIRED
}
