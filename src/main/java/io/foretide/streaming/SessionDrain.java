package io.foretide.streaming;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Ends streaming when the service stops: no new sessions, all that are there in the store, and the connections one after the
 * other, within a deadline. Otherwise the web server would close sockets without a word.
 */
@Component
final class SessionDrain implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(SessionDrain.class);
    private static final long TICK_MILLIS = 250;

    private final Sessions sessions;
    private final Connections connections;
    private final SessionProperties properties;
    private final SessionWorkers workers;
    private final Clock clock;
    private volatile boolean running;

    SessionDrain(
            Sessions sessions,
            Connections connections,
            SessionProperties properties,
            SessionWorkers workers,
            Clock clock) {
        this.sessions = sessions;
        this.connections = connections;
        this.properties = properties;
        this.workers = workers;
        this.clock = clock;
    }

    @Override
    public void start() {
        running = true;
        workers.every(TICK_MILLIS, () -> {
            try {
                sessions.tick();
            } catch (RuntimeException failure) {
                log.error("sessions not looked after", failure);
            }
        });
    }

    @Override
    public void stop() {
        Instant deadline = clock.instant().plus(properties.drainDeadline());
        log.info("draining sessions={} deadline={}", sessions.live().inMemory(), deadline);
        connections.refuse();
        sessions.live().drain();
        connections.announce(new ServerMessage.Draining(deadline));
        try {
            rest(deadline);
            Duration left = Duration.between(clock.instant(), deadline);
            connections.endAll(left.isPositive() ? left.dividedBy(2) : Duration.ZERO);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        running = false;
    }

    /** Again for those that were in use, until none is left. */
    private void rest(Instant deadline) throws InterruptedException {
        while (sessions.live().inMemory() > 0 && clock.instant().isBefore(deadline)) {
            long left = Duration.between(clock.instant(), deadline).toMillis();
            try {
                sessions.live().restAll().get(Math.max(1, left), TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException e) {
                log.warn("sessions not all in the store cause=\"{}\"", e.toString());
            }
            if (sessions.live().inMemory() > 0) {
                Thread.sleep(10);
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the time in which requests are still served, as connections would hold up the web server after it. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
