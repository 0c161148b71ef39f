package io.foretide.streaming;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;

/**
 * What waits to be sent to one client. No thread ever waits for the client: a message is sent on the thread that brings it
 * where nothing else is under way, else it is kept, and sent by whoever hears that the way is free.
 *
 * <p>What is kept is bounded. Where more waits than is comfortable, older forecasts of a session give way to its newest; where
 * that does not help, the connection ends.
 */
final class Outbox {
    static final CloseStatus TOO_SLOW = new CloseStatus(1013, "too slow a reader");

    private static final Logger log = LoggerFactory.getLogger(Outbox.class);

    /** After so many the thread, which may be anybody's, is let go. */
    private static final int MOST_IN_A_ROW = 64;

    private final Outboxes shared;
    private final Line line;

    // All that changes is guarded by this.
    private Backlog backlog = new Backlog();
    private boolean sending;
    private @Nullable CloseStatus ending;
    private boolean ended;

    Outbox(Outboxes shared, Line line) {
        this.shared = shared;
        this.line = line;
    }

    /** Sends a message, or keeps it until it can be sent. After the end it is dropped. */
    void send(ServerMessage message) {
        synchronized (this) {
            if (ended || ending != null) {
                return;
            }
            if (sending) {
                keep(message);
                return;
            }
            sending = true;
        }
        transmit(message);
    }

    /** Ends the connection once all that waits is sent. */
    void end(CloseStatus status) {
        synchronized (this) {
            if (ended || ending != null) {
                return;
            }
            ending = status;
            if (sending) {
                return;
            }
            ended = true;
        }
        line.close(status);
    }

    /** The client is gone: nothing is sent any more. */
    synchronized void drop() {
        ended = true;
        shared.held(-backlog.weight());
        backlog = new Backlog();
    }

    private void keep(ServerMessage message) {
        long before = backlog.weight();
        backlog.add(message);
        boolean looked = backlog.isWorthALook(shared.comfortable());
        if (looked) {
            shared.metrics().coalesced(backlog.coalesce());
        }
        long held = backlog.weight();
        shared.held(held - before);
        if (looked && shared.isTooMuch(held) || shared.isTooMuchTogether(held)) {
            log.info("slow reader given up waiting={}", held);
            drop();
            line.close(TOO_SLOW);
        }
    }

    /** Sends what there is to send; only by the one who set {@code sending}. */
    private void transmit(ServerMessage first) {
        ServerMessage next = first;
        for (int sent = 0; next != null; sent++) {
            if (sent == MOST_IN_A_ROW) {
                ServerMessage rest = next;
                shared.relief().execute(() -> transmit(rest));
                return;
            }
            var flight = new Flight();
            launch(next, flight);
            if (!flight.hasLanded()) {
                return; // whoever brings the news goes on
            }
            next = next();
        }
    }

    private void launch(ServerMessage message, Flight flight) {
        String frame;
        try {
            frame = shared.encoder().encode(message);
        } catch (RuntimeException failure) {
            log.error("message not written type={}", MessageTypes.of(message), failure);
            flight.accept(failure);
            return;
        }
        shared.metrics().sent(message);
        try {
            line.send(frame, flight);
        } catch (RuntimeException gone) { // however the web server says so while it closes
            log.debug("message not sent type={}", MessageTypes.of(message), gone);
            flight.accept(gone);
        }
    }

    /** What is to be sent next; nothing, and nobody is sending, where nothing waits. */
    private @Nullable ServerMessage next() {
        CloseStatus status;
        synchronized (this) {
            long before = backlog.weight();
            ServerMessage next = ended ? null : backlog.poll();
            shared.held(backlog.weight() - before);
            if (next != null) {
                return next;
            }
            sending = false;
            status = ended ? null : ending;
            ended = ended || ending != null;
        }
        if (status != null) {
            line.close(status);
        }
        return null;
    }

    private void goOn() {
        ServerMessage next = next();
        if (next != null) {
            transmit(next);
        }
    }

    private void broke() {
        boolean first;
        synchronized (this) {
            first = !ended;
            drop();
        }
        if (first) {
            line.close(CloseStatus.SERVER_ERROR);
        }
    }

    /** One frame under way. It may land before or after the sender looks, and exactly one of both goes on. */
    private final class Flight implements Consumer<@Nullable Throwable> {
        private static final int UNDER_WAY = 0;
        private static final int LANDED = 1;
        private static final int LEFT_ALONE = 2;

        private final AtomicInteger state = new AtomicInteger(UNDER_WAY);

        @Override
        public void accept(@Nullable Throwable failure) {
            if (failure != null) {
                broke();
            }
            if (state.getAndSet(LANDED) == LEFT_ALONE) {
                goOn();
            }
        }

        boolean hasLanded() {
            return !state.compareAndSet(UNDER_WAY, LEFT_ALONE);
        }
    }
}
