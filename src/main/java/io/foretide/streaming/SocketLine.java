package io.foretide.streaming;

import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

/** A line over the web server's own sending. */
final class SocketLine implements Line {
    private static final Logger log = LoggerFactory.getLogger(SocketLine.class);

    /** How long a frame may take, that of a goodbye included. */
    private static final String SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

    /** A goodbye waits for the frames that are under way, and those may never end. */
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private final Session socket;
    private final RemoteEndpoint.Basic remote;

    private SocketLine(Session socket) {
        this.socket = socket;
        this.remote = socket.getBasicRemote();
    }

    static SocketLine of(WebSocketSession session, SessionProperties properties) {
        var socket = ((NativeWebSocketSession) session).getNativeSession(Session.class);
        if (socket == null) {
            throw new IllegalStateException("no session of the web server in " + session);
        }
        socket.getUserProperties().put(SEND_TIMEOUT, properties.sendTimeout().toMillis());
        socket.setMaxIdleTimeout(properties.maxConnectionIdle().toMillis());
        return new SocketLine(socket);
    }

    @Override
    public void send(List<ByteBuffer> frames) throws IOException {
        if (frames.size() > 1) {
            remote.setBatchingAllowed(true);
        }
        for (ByteBuffer frame : frames) {
            TextFrames.send(remote, frame);
        }
        if (frames.size() > 1) {
            remote.setBatchingAllowed(false); // which sends what has gathered
        }
    }

    @Override
    public void close(CloseStatus status) {
        socket.getUserProperties().put(SEND_TIMEOUT, GOODBYE.toMillis());
        Thread.ofVirtual().name("stream-close").start(() -> {
            try {
                socket.close(
                        new CloseReason(CloseReason.CloseCodes.getCloseCode(status.getCode()), status.getReason()));
            } catch (IOException | RuntimeException e) {
                log.debug("connection closed without a goodbye", e);
            }
        });
    }
}
