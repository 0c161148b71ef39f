package io.foretide.streaming;

import io.foretide.problem.Problems;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;

/** The clients that are connected by WebSocket. */
@Component
final class Connections {
    private static final CloseStatus DRAINING = CloseStatus.GOING_AWAY.withReason("draining");

    /** Between two connections that are ended: few are no crowd. */
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

    private final Connection.Services services;
    private final Outboxes outboxes;
    private final SessionProperties properties;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean refusing;

    Connections(
            MessageDecoder decoder,
            SessionService sessions,
            Problems problems,
            StreamMetrics metrics,
            Outboxes outboxes,
            SessionProperties properties) {
        this.services = new Connection.Services(decoder, sessions, problems, metrics, properties);
        this.outboxes = outboxes;
        this.properties = properties;
        metrics.watch(open::size, outboxes::waiting);
    }

    Connection open(WebSocketSession session) {
        var connection = new Connection(services, outboxes.open(SocketLine.of(session, properties)));
        open.add(connection);
        services.sessions().came(connection);
        if (refusing) {
            connection.end(DRAINING); // it was let in just before, and too late to be told
        }
        return connection;
    }

    void gone(Connection connection) {
        open.remove(connection);
        connection.gone();
    }

    /** From now on nobody can connect. */
    void refuse() {
        refusing = true;
    }

    /** Fails if nobody can connect any more. */
    void requireOpen() {
        if (refusing) {
            throw SessionProblems.draining(Duration.ofSeconds(1));
        }
    }

    /** Says something to everybody. */
    void announce(ServerMessage message) {
        open.forEach(connection -> connection.send(message));
    }

    /**
     * Ends all connections, one after the other, so that not all clients connect elsewhere at once.
     *
     * @param most how long that may take
     */
    void endAll(Duration most) throws InterruptedException {
        List<Connection> left = List.copyOf(open);
        for (Connection connection : left) {
            connection.end(DRAINING);
            Duration share = most.dividedBy(left.size());
            Thread.sleep(share.compareTo(LONGEST_PAUSE) < 0 ? share : LONGEST_PAUSE);
        }
    }
}
