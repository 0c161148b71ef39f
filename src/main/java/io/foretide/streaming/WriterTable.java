package io.foretide.streaming;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of processes that write sessions, by which they are told apart and fenced off from what is not theirs any more. */
final class WriterTable {
    private final JdbcClient database;

    /** How a writer stands: raised whenever a session is taken from it; its last transaction. */
    record Standing(long fence, long round) {}

    WriterTable(JdbcClient database) {
        this.database = database;
    }

    void register(String writer) {
        database.sql("insert into stream_writer (id, fence, round, seen) values (?, 0, 0, current_timestamp)")
                .param(writer)
                .update();
    }

    /** Begins a round, and keeps the row locked to its end; does nothing where the writer does not stand like that. */
    boolean begin(String writer, Standing before) {
        return database.sql("""
                update stream_writer set round = round + 1, seen = current_timestamp
                where id = :id and fence = :fence and round = :round
                """)
                        .param("id", writer)
                        .param("fence", before.fence())
                        .param("round", before.round())
                        .update()
                > 0;
    }

    Optional<Standing> find(String writer) {
        return find(writer, "");
    }

    /** Keeps the writer from writing, and everybody from taking sessions from it, to the end of the transaction. */
    Optional<Standing> lock(String writer) {
        return find(writer, " for update");
    }

    private Optional<Standing> find(String writer, String lock) {
        return database.sql("select fence, round from stream_writer where id = ?" + lock)
                .param(writer)
                .query((row, _) -> new Standing(row.getLong("fence"), row.getLong("round")))
                .optional();
    }

    /** Has a locked writer look before it writes again. */
    void take(String writer, List<Long> sessions) {
        database.sql("update stream_writer set fence = fence + 1 where id = ?")
                .param(writer)
                .update();
        for (long session : sessions) {
            database.sql("insert into stream_taken (writer, session) values (?, ?)")
                    .params(writer, session)
                    .update();
        }
    }

    /** The sessions that were taken since the last look. */
    List<Long> lookForTaken(String writer) {
        List<Long> taken = database.sql("select session from stream_taken where writer = ?")
                .param(writer)
                .query((row, _) -> row.getLong(1))
                .list();
        if (!taken.isEmpty()) {
            forgetTaken(writer);
        }
        return taken;
    }

    private void forgetTaken(String writer) {
        database.sql("delete from stream_taken where writer = ?").param(writer).update();
    }

    /** Writers that gave no sign for so long, by the clock of the database. */
    List<String> silentFor(Duration time) {
        return database.sql("select id from stream_writer where seen < ?")
                .param(now().minus(time))
                .query((row, _) -> row.getString(1))
                .list();
    }

    /** Locks a writer if it still has given no sign for so long. */
    boolean lockIfSilent(String writer, Duration time) {
        return database.sql("select id from stream_writer where id = ? and seen < ? for update")
                .params(writer, now().minus(time))
                .query(String.class)
                .optional()
                .isPresent();
    }

    private OffsetDateTime now() {
        return database.sql("select current_timestamp")
                .query(OffsetDateTime.class)
                .single();
    }

    void delete(String writer) {
        forgetTaken(writer);
        database.sql("delete from stream_writer where id = ?").param(writer).update();
    }
}
