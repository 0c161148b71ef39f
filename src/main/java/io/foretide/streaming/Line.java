package io.foretide.streaming;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.springframework.web.socket.CloseStatus;

/** What carries frames to one client. */
interface Line {
    /** Sends frames, texts in UTF-8, together, and waits until the last of them is on its way; by one thread at a time. */
    void send(List<ByteBuffer> frames) throws IOException;

    /** Ends the connection, without waiting for it. */
    void close(CloseStatus status);
}
