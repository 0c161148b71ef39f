package io.foretide.streaming;

import jakarta.websocket.RemoteEndpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

/** A line over the web server's own asynchronous sending, which has no thread wait for a slow reader. */
final class SocketLine implements Line {
    private static final Logger log = LoggerFactory.getLogger(SocketLine.class);

    /** A goodbye waits for the frame that is under way, and that may never end. */
    private static final String CLOSE_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private final WebSocketSession session;
    private final RemoteEndpoint.Async remote;

    private SocketLine(WebSocketSession session, RemoteEndpoint.Async remote) {
        this.session = session;
        this.remote = remote;
    }

    static SocketLine of(WebSocketSession session, SessionProperties properties) {
        var socket = ((NativeWebSocketSession) session).getNativeSession(jakarta.websocket.Session.class);
        if (socket == null) {
            throw new IllegalStateException("no session of the web server in " + session);
        }
        socket.getUserProperties().put(CLOSE_TIMEOUT, GOODBYE.toMillis());
        socket.setMaxIdleTimeout(properties.maxConnectionIdle().toMillis());
        var remote = socket.getAsyncRemote();
        remote.setSendTimeout(properties.sendTimeout().toMillis());
        return new SocketLine(session, remote);
    }

    @Override
    public void send(String frame, Consumer<@Nullable Throwable> done) {
        remote.sendText(frame, result -> done.accept(result.isOK() ? null : result.getException()));
    }

    @Override
    public void close(CloseStatus status) {
        Thread.ofVirtual().name("stream-close").start(() -> {
            try {
                session.close(status);
            } catch (IOException | RuntimeException e) {
                log.debug("connection closed without a goodbye", e);
            }
        });
    }
}
