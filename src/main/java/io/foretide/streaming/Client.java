package io.foretide.streaming;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A connection, as sessions know it: who belongs to it. */
final class Client {
    private final Recipient recipient;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private volatile boolean gone;

    Client(Recipient recipient) {
        this.recipient = recipient;
    }

    void send(ServerMessage message) {
        recipient.send(message);
    }

    /** By name; those that rest among them. */
    Map<String, Session> sessions() {
        return sessions;
    }

    boolean isGone() {
        return gone;
    }

    /** Its sessions belong to nobody. */
    void leave() {
        gone = true;
        sessions.values().forEach(session -> session.leftBy(this));
        sessions.clear();
    }
}
