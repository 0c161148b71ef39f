package io.foretide.streaming;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;

/** Brings what the web server tells of one connection to its {@link Connection}. */
final class StreamHandler implements WebSocketHandler {
    private static final Logger log = LoggerFactory.getLogger(StreamHandler.class);

    private final Connections connections;
    private @Nullable Connection connection;

    StreamHandler(Connections connections) {
        this.connections = connections;
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        connection = connections.open(session);
    }

    @Override
    public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) {
        if (connection == null) {
            throw new IllegalStateException("a message before the connection");
        }
        if (message instanceof TextMessage text) {
            connection.receive(text);
        } else if (message.isLast()) {
            connection.receiveBinary();
        }
    }

    @Override
    public void handleTransportError(WebSocketSession session, Throwable failure) {
        log.debug("connection broken", failure);
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        if (connection != null) {
            connections.gone(connection);
        }
    }

    /** The web server would set the longest message aside for each connection from the start. */
    @Override
    public boolean supportsPartialMessages() {
        return true;
    }
}
