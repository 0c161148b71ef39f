package io.foretide.streaming;

import io.foretide.streaming.ByteSource.UnreadableException;
import io.foretide.streaming.LogFormat.Entries;
import java.util.List;
import java.util.function.LongPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** The rows of the log: many observations of many sessions each. */
final class LogTable {
    private static final Logger log = LoggerFactory.getLogger(LogTable.class);

    private final JdbcTemplate database;

    LogTable(JdbcTemplate database) {
        this.database = database;
    }

    void insert(String writer, long round, List<Pending> rows) {
        database.batchUpdate(
                "insert into stream_log (writer, shard, round, entries) values (?, ?, ?, ?)",
                rows.stream()
                        .map(row -> new Object[] {writer, row.shard(), round, row.entries()})
                        .toList());
    }

    /** What a writer has of the wanted sessions of a shard, and how many bytes were read for it. */
    Tail read(String writer, int shard, LongPredicate wanted) {
        var entries = new Entries();
        var size = new long[1];
        database.query(
                "select entries from stream_log where writer = ? and shard = ? order by round",
                row -> {
                    byte[] bytes = row.getBytes(1);
                    size[0] += bytes.length;
                    add(entries, bytes, wanted, writer);
                },
                writer,
                shard);
        return new Tail(entries, size[0]);
    }

    /** What stands in the log behind the rows of sessions. */
    record Tail(Entries entries, long size) {}

    /** A row that is damaged is not worth all others. */
    static void add(Entries entries, byte[] row, LongPredicate wanted, String writer) {
        try {
            entries.read(row, wanted);
        } catch (UnreadableException e) {
            log.error("observations unreadable writer={} bytes={}", writer, row.length, e);
        }
    }

    /** The shards that a writer has rows of. */
    List<Integer> shards(String writer) {
        return database.query(
                "select distinct shard from stream_log where writer = ? order by shard",
                (row, _) -> row.getInt(1),
                writer);
    }

    void delete(String writer, int shard) {
        database.update("delete from stream_log where writer = ? and shard = ?", writer, shard);
    }

    void delete(String writer) {
        database.update("delete from stream_log where writer = ?", writer);
    }
}
