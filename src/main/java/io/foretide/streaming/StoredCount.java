package io.foretide.streaming;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** About how many sessions there are in all: counted once in a while, as that takes long where there are many. */
@Component
final class StoredCount {
    private static final Logger log = LoggerFactory.getLogger(StoredCount.class);
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private final JdbcClient database;
    private final long most;
    private final Timetable next = new Timetable(INTERVAL);
    private volatile long count;

    StoredCount(JdbcClient database, SessionProperties properties) {
        this.database = database;
        this.most = properties.maxStored();
    }

    /** Fails where there are as many as there may be. */
    void requireRoom() {
        if (count >= most) {
            throw SessionProblems.tooManyStored(most);
        }
    }

    /** Counts again, if it is time. One thread. */
    void refresh() {
        if (next.isDue()) {
            try {
                count = database.sql("select count(*) from stream_session")
                        .query(Long.class)
                        .single();
            } catch (DataAccessException | TransactionException e) {
                log.debug("sessions not counted", e);
            }
            next.done();
        }
    }
}
