package io.foretide.streaming;

import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** What all outboxes share: limits, what waits in them together, and who sends it. */
@Component
final class Outboxes {
    /** An outbox that holds less than this is not to blame for how much all of them hold. */
    private static final long HARMLESS = 16 << 10;

    /** So many threads of the web server may wait for clients that send, and do not read what they are answered. */
    private static final int MOST_READERS_SENDING = 16;

    private final long comfortable;
    private final long most;
    private final long mostTogether;
    private final MessageEncoder encoder;
    private final StreamMetrics metrics;
    private final Executor senders;
    private final Semaphore readersSending = new Semaphore(MOST_READERS_SENDING);
    private final AtomicLong waiting = new AtomicLong();

    @Autowired
    Outboxes(SessionProperties properties, MessageEncoder encoder, StreamMetrics metrics) {
        this(
                properties,
                encoder,
                metrics,
                work -> Thread.ofVirtual().name("stream-out").start(work));
    }

    Outboxes(SessionProperties properties, MessageEncoder encoder, StreamMetrics metrics, Executor senders) {
        this.comfortable = properties.outboxSize().toBytes();
        this.most = properties.maxOutboxSize().toBytes();
        this.mostTogether = properties.maxOutboxMemory().toBytes();
        this.encoder = encoder;
        this.metrics = metrics;
        this.senders = senders;
    }

    Outbox open(Line line) {
        return new Outbox(this, line);
    }

    /** Beyond this, newer forecasts take the place of older ones. */
    long comfortable() {
        return comfortable;
    }

    /** Whether an outbox must be given up in which so much is left without anything superfluous. */
    boolean isTooMuch(long held) {
        return held > most;
    }

    /** Whether an outbox must be given up as all of them hold too much. */
    boolean isTooMuchTogether(long held) {
        return held > HARMLESS && waiting.get() > mostTogether;
    }

    void held(long change) {
        waiting.addAndGet(change);
    }

    /** How much waits in all outboxes. */
    long waiting() {
        return waiting.get();
    }

    MessageEncoder encoder() {
        return encoder;
    }

    StreamMetrics metrics() {
        return metrics;
    }

    /** Threads of the outboxes' own, which may wait for clients. */
    Executor senders() {
        return senders;
    }

    /** Whether the thread that reads from a client may send as well, and wait; then it says when it {@link #readerHasSent}. */
    boolean readerMaySend() {
        return readersSending.tryAcquire();
    }

    void readerHasSent() {
        readersSending.release();
    }
}
