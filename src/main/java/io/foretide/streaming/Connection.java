package io.foretide.streaming;

import io.foretide.problem.ProblemException;
import io.foretide.problem.Problems;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;

/** One client on a WebSocket: its messages in, and what is said to it out. */
final class Connection implements Recipient {
    private final Services services;
    private final Outbox outbox;
    private final MessageRate rate;
    private final long longest;

    /** A message that comes so soon after the one before had been lying there, in nanoseconds. */
    private static final long AT_ONCE = 5_000;

    // Only for the thread that reads.
    private @Nullable StringBuilder beginning;

    private long done = System.nanoTime();
    private boolean refused;

    /** What all connections use. */
    record Services(
            MessageDecoder decoder,
            SessionService sessions,
            Problems problems,
            StreamMetrics metrics,
            SessionProperties properties) {}

    Connection(Services services, Outbox outbox) {
        this.services = services;
        this.outbox = outbox;
        this.rate = new MessageRate(services.properties().maxMessageRate(), System.nanoTime());
        this.longest = services.properties().maxMessageSize().toBytes();
    }

    @Override
    public void send(ServerMessage message) {
        outbox.send(message);
    }

    @Override
    public boolean isBehind() {
        return outbox.isBehind();
    }

    /** Takes a message, or a piece of one; one after the other. */
    void receive(TextMessage piece) {
        String text = piece.getPayload();
        if (refused) {
            return;
        }
        if (text.length() + (beginning == null ? 0 : beginning.length()) > longest) {
            beginning = null;
            refuse(SessionProblems.tooLarge(longest), CloseStatus.TOO_BIG_TO_PROCESS);
        } else if (!piece.isLast()) {
            beginning = (beginning == null ? new StringBuilder() : beginning).append(text);
        } else if (beginning == null) {
            take(text);
        } else {
            String whole = beginning.append(text).toString();
            beginning = null;
            take(whole);
        }
    }

    /** Refuses a message in a form that none has. */
    void receiveBinary() {
        if (!refused) {
            services.metrics().receivedUnreadable();
            send(new ServerMessage.Failed(null, null, SessionProblems.binary()));
        }
    }

    private void refuse(ProblemException problem, CloseStatus status) {
        refused = true;
        services.metrics().receivedUnreadable();
        send(new ServerMessage.Failed(null, null, problem));
        end(status);
    }

    private void take(String text) {
        long now = System.nanoTime();
        boolean admitted = rate.admits(now);
        ClientMessage message;
        try {
            message = services.decoder().decode(text);
        } catch (Undecodable e) {
            services.metrics().receivedUnreadable();
            send(e.answer());
            return;
        }
        services.metrics().received(message);
        try {
            if (!admitted) {
                throw SessionProblems.tooManyMessages(services.properties().maxMessageRate());
            }
            handle(message, now);
        } catch (RuntimeException failure) {
            ProblemException problem = services.problems().explain(failure, MessageTypes.of(message));
            send(new ServerMessage.Failed(message.eventId(), message.session(), problem));
        }
    }

    /** Who sends one observation after the other, without waiting, gets answers together. */
    private void handle(ClientMessage message, long now) {
        boolean observes = message instanceof ClientMessage.Observe || message instanceof ClientMessage.ObserveMany;
        if (!observes) {
            services.sessions().handle(message, this);
            return;
        }
        outbox.hold();
        try {
            services.sessions().handle(message, this);
        } finally {
            if (now - done < AT_ONCE) {
                outbox.leave();
            } else {
                outbox.release();
            }
            done = System.nanoTime();
        }
    }

    /** Ends the connection when all that was sent before is on its way. */
    void end(CloseStatus status) {
        outbox.end(status);
    }

    /** The client is gone. */
    void gone() {
        outbox.drop();
        services.sessions().gone(this);
    }
}
