package io.foretide.streaming;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.CloseStatus;

/** What carries frames to one client, one after the other. */
interface Line {
    /**
     * Sends a frame without waiting for it.
     *
     * @param done told once, when another may follow, perhaps before this returns; with what went wrong, if anything
     */
    void send(String frame, Consumer<@Nullable Throwable> done);

    /** Ends the connection, without waiting for it. */
    void close(CloseStatus status);
}
