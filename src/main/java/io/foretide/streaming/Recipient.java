package io.foretide.streaming;

import org.jspecify.annotations.Nullable;

/** Who sent a message and takes what is answered: a connection, or one request over HTTP. */
interface Recipient {
    /**
     * Takes a message, from any thread, and never makes it wait. What comes too late is dropped. Of one session, messages are sent
     * on in the order taken.
     */
    void send(ServerMessage message);

    /** Whether it takes tokens one by one, and not the whole text at the end. */
    default boolean takesTokens() {
        return true;
    }

    /** Whether so much waits for it that what can wait should. */
    default boolean isBehind() {
        return false;
    }

    /**
     * The token that a request over HTTP shows for the one session that it uses; a token for another is refused. It neither takes the session from the
     * connection that it belongs to, nor keeps it: to resume from here only loads the session and tells of it. A connection
     * shows none; it uses the sessions that it opened or resumed.
     */
    default @Nullable String token() {
        return null;
    }
}
