package io.foretide.streaming;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.CloseStatus;

/** A line that keeps what was sent, until it breaks off. */
final class RecordedLine implements Line {
    private final List<List<String>> sent = new ArrayList<>();
    private boolean broken;
    private boolean busy;
    private @Nullable CloseStatus closed;

    @Override
    public void send(List<ByteBuffer> frames) throws IOException {
        synchronized (this) {
            if (busy) {
                throw new IllegalStateException("somebody else is sending");
            }
            busy = true;
        }
        Thread.yield();
        synchronized (this) {
            busy = false;
            if (broken) {
                throw new IOException("reset");
            }
            sent.add(frames.stream()
                    .map(frame -> StandardCharsets.UTF_8.decode(frame).toString())
                    .toList());
        }
    }

    synchronized void breakOff() {
        broken = true;
    }

    @Override
    public synchronized void close(CloseStatus status) {
        if (closed != null) {
            throw new IllegalStateException("closed twice");
        }
        closed = status;
    }

    synchronized List<String> sent() {
        return sent.stream().flatMap(List::stream).toList();
    }

    /** How many frames were sent together each time. */
    synchronized List<Integer> together() {
        return sent.stream().map(List::size).toList();
    }

    synchronized @Nullable CloseStatus closed() {
        return closed;
    }
}
