package io.foretide.streaming;

import java.util.concurrent.CompletableFuture;

/** What keeps and steps sessions, as the wire sees it. */
interface SessionService {
    /**
     * Does what a message asks, and answers, at once or later, with one message or {@link ServerMessage.Failed}. What is wrong
     * with the message is answered and not thrown. Messages of one recipient come one after the other.
     */
    void handle(ClientMessage message, Recipient from);

    /**
     * Behind all messages of one request over HTTP: done when everything that they were answered from is durable, and was this process's. Fails with
     * {@code SESSION_ELSEWHERE} or {@code UNKNOWN_SESSION} where it was not, and all has to be asked again.
     */
    CompletableFuture<Void> confirm(Recipient request);

    /** A connection is there, to which sessions will belong. */
    default void came(Recipient recipient) {}

    /** The recipient takes nothing any more. Its sessions stay, and wait for somebody to resume them. */
    void gone(Recipient recipient);
}
