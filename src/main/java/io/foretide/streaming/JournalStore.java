package io.foretide.streaming;

import java.time.Clock;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The tables of the journal.
 *
 * @param kept how many of the last observations of a session can always be rewound
 */
record JournalStore(
        WriterTable writers,
        SessionTable sessions,
        LogTable log,
        TransactionTemplate transactions,
        Clock clock,
        int kept) {

    static JournalStore of(JdbcTemplate database, PlatformTransactionManager transactions, Clock clock, int kept) {
        return new JournalStore(
                new WriterTable(JdbcClient.create(database)),
                new SessionTable(database),
                new LogTable(database),
                new TransactionTemplate(transactions),
                clock,
                kept);
    }
}
