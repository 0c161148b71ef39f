package io.foretide.streaming;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;

/**
 * What waits to be sent to one client. Whoever brings a message only leaves it here: it is sent by a thread of the outbox's own,
 * which may wait for the client, or by the one that reads from this client. So no client keeps another one waiting, and what
 * gathers while a thread is about to send goes out together.
 *
 * <p>What is kept is bounded. Where more waits than is comfortable, older forecasts of a session give way to its newest; where
 * that does not help, the connection ends.
 */
final class Outbox {
    static final CloseStatus TOO_SLOW = new CloseStatus(1013, "too slow a reader");

    private static final Logger log = LoggerFactory.getLogger(Outbox.class);

    /** So many are sent together; after them others have their turn. */
    private static final int MOST_TOGETHER = 64;

    /** About so many characters are enough to be sent together. */
    private static final long ENOUGH_TOGETHER = 32 << 10;

    private final Outboxes shared;
    private final Line line;

    // All that changes is guarded by this.
    private Backlog backlog = new Backlog();
    private boolean held;
    private boolean sending;
    private @Nullable CloseStatus ending;
    private boolean ended;

    Outbox(Outboxes shared, Line line) {
        this.shared = shared;
        this.line = line;
    }

    /** Takes a message that is to be sent. After the end it is dropped. */
    void send(ServerMessage message) {
        synchronized (this) {
            if (ended || ending != null) {
                return;
            }
            keep(message);
            if (held || sending || ended) {
                return;
            }
            sending = true;
        }
        shared.senders().execute(this::transmit);
    }

    /** Whether more waits than is comfortable. */
    synchronized boolean isBehind() {
        return backlog.weight() > shared.comfortable();
    }

    /** Until {@link #release} or {@link #leave} nothing is sent. Only for the thread that reads from this client. */
    synchronized void hold() {
        held = true;
    }

    /** Has what was held sent by this thread, which may wait for the client. */
    void release() {
        if (!beginToSend()) {
            return;
        }
        if (!shared.readerMaySend()) {
            shared.senders().execute(this::transmit);
            return;
        }
        try {
            transmit();
        } finally {
            shared.readerHasSent();
        }
    }

    /** Has what was held sent by another thread, as this one has more to read: until then more of it gathers. */
    void leave() {
        if (beginToSend()) {
            shared.senders().execute(this::transmit);
        }
    }

    private synchronized boolean beginToSend() {
        held = false;
        boolean idle = backlog.isEmpty() && (ending == null || ended);
        boolean begun = !sending && !idle;
        sending |= begun;
        return begun;
    }

    /** Ends the connection once all that waits is sent. */
    void end(CloseStatus status) {
        synchronized (this) {
            if (ended || ending != null) {
                return;
            }
            ending = status;
            if (sending || held) {
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
        long now = backlog.weight();
        shared.held(now - before);
        if (looked && shared.isTooMuch(now) || shared.isTooMuchTogether(now)) {
            log.info("slow reader given up waiting={}", now);
            drop();
            line.close(TOO_SLOW);
        }
    }

    /** Sends some of what waits, and leaves the rest to another thread; only by the one who set {@code sending}. */
    private void transmit() {
        try {
            List<ServerMessage> messages = next();
            line.send(encoded(messages));
            messages.forEach(shared.metrics()::sent);
        } catch (IOException | RuntimeException gone) { // however the web server says so while it closes
            log.debug("messages not sent", gone);
            broke();
        }
        if (isMoreToSend()) {
            shared.senders().execute(this::transmit);
        }
    }

    private List<ByteBuffer> encoded(List<ServerMessage> messages) {
        try {
            return messages.stream()
                    .map(shared.encoder()::encode)
                    .map(JsonText::bytes)
                    .toList();
        } catch (RuntimeException failure) {
            log.error(
                    "messages not written types={}",
                    messages.stream().map(MessageTypes::of).distinct().toList(),
                    failure);
            throw failure;
        }
    }

    private synchronized List<ServerMessage> next() {
        List<ServerMessage> next = new ArrayList<>();
        long before = backlog.weight();
        while (!backlog.isEmpty() && next.size() < MOST_TOGETHER && before - backlog.weight() < ENOUGH_TOGETHER) {
            next.add(backlog.remove());
        }
        shared.held(backlog.weight() - before);
        return next;
    }

    /** Whether more waits; if not, nobody is sending from now on. */
    private boolean isMoreToSend() {
        CloseStatus status;
        synchronized (this) {
            if (!backlog.isEmpty()) {
                return true;
            }
            sending = false;
            status = ended ? null : ending;
            ended = ended || ending != null;
        }
        if (status != null) {
            line.close(status);
        }
        return false;
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
}
