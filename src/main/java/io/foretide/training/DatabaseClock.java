package io.foretide.training;

import com.github.kagkarlsson.scheduler.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The time of the database, which all processes over it share.
 *
 * <p>Their own clocks may differ by more than the heartbeats that a worker may miss, and may be set while they run: they
 * would then take each other for dead. Between two looks at the database, time passes as the processor counts it.
 */
final class DatabaseClock implements Clock {
    private static final Logger log = LoggerFactory.getLogger(DatabaseClock.class);
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(10);

    /** An answer that came later than that says little about the present. */
    private static final Duration LONGEST_LOOK = Duration.ofMillis(200);

    private final JdbcClient database;
    private @Nullable Reading last;

    /** The time of the database, what the processor counted when half of the look was over, and how long the look took. */
    private record Reading(Instant time, long nanos, Duration took) {
        Duration age() {
            return Duration.ofNanos(System.nanoTime() - nanos);
        }
    }

    DatabaseClock(JdbcClient database) {
        this.database = database;
    }

    @Override
    public synchronized Instant now() {
        if (last == null) {
            last = read();
        } else if (last.age().compareTo(LOOK_INTERVAL) > 0
                // Time stands still for the database during a transaction.
                && !TransactionSynchronizationManager.isActualTransactionActive()) {
            last = readAgain(last);
        }
        return last.time().plus(last.age());
    }

    private Reading readAgain(Reading before) {
        try {
            Reading present = read();
            return present.took().compareTo(LONGEST_LOOK) < 0 ? present : before;
        } catch (DataAccessException e) {
            log.debug("time of the database not read", e);
            return before;
        }
    }

    private Reading read() {
        long begun = System.nanoTime();
        Instant time = database.sql("select current_timestamp")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
        long took = System.nanoTime() - begun;
        return new Reading(time, begun + took / 2, Duration.ofNanos(took));
    }
}
