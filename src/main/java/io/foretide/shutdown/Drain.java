package io.foretide.shutdown;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps the service serving for a while after it said that it is not ready any more.
 *
 * <p>Those who send requests here learn of that late: a balancer at its next probe, a client that keeps a connection only
 * when the connection is closed. So each answer asks its client for that, before the web server closes it unasked.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Drain extends OncePerRequestFilter implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Drain.class);

    private final Duration delay;
    private final Clock clock;
    private volatile @Nullable Instant refusing;
    private volatile boolean running;

    Drain(ShutdownProperties properties, Clock clock) {
        this.delay = properties.delay();
        this.clock = clock;
    }

    @EventListener
    void readinessChanged(AvailabilityChangeEvent<ReadinessState> change) {
        refusing = change.getState() == ReadinessState.REFUSING_TRAFFIC ? clock.instant() : null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (refusing != null) {
            response.setHeader("Connection", "close");
        }
        chain.doFilter(request, response);
    }

    @Override
    public void start() {
        running = true;
    }

    /** Counts from the moment when readiness went off: handing trainings back may have taken its time already. */
    @Override
    public void stop() {
        Instant since = refusing;
        Duration left = since == null ? Duration.ZERO : delay.minus(Duration.between(since, clock.instant()));
        if (left.isPositive()) {
            log.info("stopping, requests are served for another {}", left);
            pause(left);
        }
        running = false;
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After trainings were handed back, and before all that requests need. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 1;
    }
}
