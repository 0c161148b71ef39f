package io.foretide.streaming;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.CloseStatus;

/** A line whose reader takes frames when the test says so. */
final class HeldLine implements Line {
    private final List<String> sent = new ArrayList<>();
    private @Nullable Consumer<@Nullable Throwable> underWay;
    private @Nullable CloseStatus closed;
    private int takenAtOnce;

    private HeldLine(int takenAtOnce) {
        this.takenAtOnce = takenAtOnce;
    }

    static HeldLine reading() {
        return new HeldLine(Integer.MAX_VALUE);
    }

    static HeldLine notReading() {
        return new HeldLine(0);
    }

    @Override
    public void send(String frame, Consumer<@Nullable Throwable> done) {
        synchronized (this) {
            if (underWay != null) {
                throw new IllegalStateException("a frame is under way");
            }
            sent.add(frame);
            if (takenAtOnce == 0) {
                underWay = done;
                return;
            }
            takenAtOnce--;
        }
        done.accept(null);
    }

    /** The reader takes the frame that is under way, and from then on so many at once. */
    void take(int more) {
        Consumer<@Nullable Throwable> done;
        synchronized (this) {
            takenAtOnce = more;
            done = underWay;
            underWay = null;
        }
        if (done != null) {
            done.accept(null);
        }
    }

    void breakOff() {
        underWay.accept(new java.io.IOException("reset"));
    }

    @Override
    public synchronized void close(CloseStatus status) {
        if (closed != null) {
            throw new IllegalStateException("closed twice");
        }
        closed = status;
    }

    synchronized List<String> sent() {
        return List.copyOf(sent);
    }

    synchronized @Nullable CloseStatus closed() {
        return closed;
    }
}
