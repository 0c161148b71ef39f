package io.foretide.streaming;

import io.foretide.registry.ModelReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of sessions. */
final class SessionTable {
    /** A question names at most so many sessions. */
    private static final int MOST_AT_A_TIME = 256;

    private static final int IDS_A_BLOCK = 64;

    private final JdbcTemplate batches;
    private final JdbcClient database;
    private long nextId;
    private long endOfIds;

    SessionTable(JdbcTemplate database) {
        this.batches = database;
        this.database = JdbcClient.create(database);
    }

    /** What is needed to write a row on: whose it is, which entries of the log count, and its history. */
    record Row(long id, int epoch, @Nullable String writer, byte[] history, Duration ttl, Instant expiresAt) {}

    /** A number for a new session, which no other gets. One thread at a time. */
    long newId() {
        if (nextId == endOfIds) {
            nextId = database.sql("select nextval('stream_session_id')")
                    .query(Long.class)
                    .single();
            endOfIds = nextId + IDS_A_BLOCK;
        }
        return nextId++;
    }

    /** Those of the names that sessions have. */
    Set<String> taken(Collection<String> names) {
        var taken = new HashSet<String>();
        for (List<String> some : chunks(names)) {
            taken.addAll(database.sql("select name from stream_session where name in (:names)")
                    .param("names", some)
                    .query((row, _) -> row.getString(1))
                    .list());
        }
        return taken;
    }

    boolean hasVersion(StoredSession session) {
        return database.sql("select 1 from model_version where model = ? and version = ?")
                .params(session.reference().model().value(), session.version())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** A session to be inserted. */
    record New(long id, StoredSession session) {}

    void insert(String writer, List<New> sessions, Instant now) {
        batches.batchUpdate(
                """
                insert into stream_session (id, name, model, version, reference, settings, ttl_millis, epoch, writer, history,
                    created_at, expires_at)
                values (?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)
                """, sessions.stream().map(row -> columns(writer, row, now)).toList());
    }

    private static Object[] columns(String writer, New row, Instant now) {
        StoredSession session = row.session();
        Duration ttl = session.settings().ttl();
        return new Object[] {
            row.id(),
            session.name(),
            session.reference().model().value(),
            session.version(),
            session.reference().toString(),
            SettingsFormat.write(session.settings()),
            ttl.toMillis(),
            writer,
            HistoryFormat.write(session.history()),
            toColumn(now),
            toColumn(now.plus(ttl))
        };
    }

    /** Whose a session is; none where nobody has it, and empty where there is none. */
    List<Row> find(Collection<Long> ids) {
        var found = new ArrayList<Row>();
        for (List<Long> some : chunks(ids)) {
            found.addAll(database.sql("""
                            select id, epoch, writer, history, ttl_millis, expires_at from stream_session where id in (:ids) order by id
                            """)
                    .param("ids", some)
                    .query(SessionTable::row)
                    .list());
        }
        return found;
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getLong("id"),
                row.getInt("epoch"),
                row.getString("writer"),
                row.getBytes("history"),
                Duration.ofMillis(row.getLong("ttl_millis")),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }

    /** All that a session is, with a history that is known already. */
    StoredSession load(long id, History history) {
        return database.sql("select name, reference, version, settings from stream_session where id = ?")
                .param(id)
                .query((row, _) -> new StoredSession(
                        row.getString("name"),
                        ModelReference.parse(row.getString("reference")),
                        row.getInt("version"),
                        SettingsFormat.read(row.getString("settings")),
                        history))
                .single();
    }

    /** Writes rows with what has become of their sessions. */
    void update(List<Row> rows) {
        batches.batchUpdate(
                "update stream_session set epoch = ?, writer = ?, history = ?, expires_at = ? where id = ?",
                rows.stream().sorted(Comparator.comparingLong(Row::id)).toList(),
                MOST_AT_A_TIME,
                (statement, row) -> {
                    statement.setInt(1, row.epoch());
                    String writer = row.writer();
                    if (writer == null) {
                        statement.setNull(2, Types.VARCHAR);
                    } else {
                        statement.setString(2, writer);
                    }
                    statement.setBytes(3, row.history());
                    statement.setObject(4, toColumn(row.expiresAt()));
                    statement.setLong(5, row.id());
                });
    }

    /** Gives a session that nobody has a writer; false where somebody was faster. */
    boolean claim(Row row, int epochBefore) {
        return database.sql("""
                update stream_session set epoch = ?, writer = ?, history = ?, expires_at = ?
                where id = ? and epoch = ?
                """)
                        .param(row.epoch())
                        .param(row.writer())
                        .param(row.history())
                        .param(toColumn(row.expiresAt()))
                        .param(row.id())
                        .param(epochBefore)
                        .update()
                > 0;
    }

    /** Writes a session anew; false where it is gone. */
    boolean replace(long id, int epoch, StoredSession session, Instant now) {
        Duration ttl = session.settings().ttl();
        return database.sql("""
                update stream_session
                set version = ?, reference = ?, settings = ?, ttl_millis = ?, epoch = ?, history = ?, expires_at = ?
                where id = ?
                """)
                        .params(
                                session.version(),
                                session.reference().toString(),
                                SettingsFormat.write(session.settings()),
                                ttl.toMillis(),
                                epoch,
                                HistoryFormat.write(session.history()),
                                toColumn(now.plus(ttl)),
                                id)
                        .update()
                > 0;
    }

    void delete(long id) {
        database.sql("delete from stream_session where id = ?").param(id).update();
    }

    /** Deletes some of those that expired while nobody had them, and gives how many. */
    int deleteExpired(Instant now, int most) {
        List<Object[]> expired = database.sql("""
                select id, epoch from stream_session session
                where expires_at < ? and (writer is null or not exists (select 1 from stream_writer where id = session.writer))
                order by expires_at fetch first ? rows only
                """)
                .params(toColumn(now), most)
                .query((row, _) -> new Object[] {row.getLong("id"), row.getInt("epoch"), toColumn(now)})
                .list();
        // In one order, so that two processes that do the same never wait for each other.
        expired.sort((one, other) -> Long.compare((Long) one[0], (Long) other[0]));
        batches.batchUpdate("delete from stream_session where id = ? and epoch = ? and expires_at < ?", expired);
        return expired.size();
    }

    /** In ascending order: so are the rows on their pages, and each page is touched once. */
    private static <T extends Comparable<T>> List<List<T>> chunks(Collection<T> all) {
        List<T> list = all.stream().sorted().toList();
        var chunks = new ArrayList<List<T>>();
        for (int from = 0; from < list.size(); from += MOST_AT_A_TIME) {
            chunks.add(list.subList(from, Math.min(from + MOST_AT_A_TIME, list.size())));
        }
        return chunks;
    }

    private static OffsetDateTime toColumn(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
