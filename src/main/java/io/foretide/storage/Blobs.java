package io.foretide.storage;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.Enumeration;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Bytes kept in the database, in rows of at most 1 MiB, so that neither storing nor reading holds them all at once.
 *
 * <p>Changes belong to the caller's transaction where there is one, and are atomic by themselves where there is none.
 */
@Component
public final class Blobs {
    static final int PART_SIZE = 1 << 20;

    private final JdbcClient database;
    private final TransactionTemplate transactions;
    private final long maxSize;

    /** Writes the bytes of a blob. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    @Autowired
    Blobs(JdbcClient database, PlatformTransactionManager transactions, StorageProperties properties) {
        this(database, transactions, properties.maxBlobSize().toBytes());
    }

    /** Blobs of at most so many bytes each. */
    public Blobs(JdbcClient database, PlatformTransactionManager transactions, long maxSize) {
        this.database = database;
        this.transactions = new TransactionTemplate(transactions);
        this.maxSize = maxSize;
    }

    /** Stores all that the stream still holds, and returns the new blob's id. */
    public String store(InputStream bytes) {
        return store(bytes::transferTo);
    }

    /** Stores what the content writes, and returns the new blob's id. */
    public String store(Content content) {
        String id = UUID.randomUUID().toString();
        transactions.executeWithoutResult(_ -> write(id, content));
        return id;
    }

    private void write(String id, Content content) {
        database.sql("insert into blob (id, size) values (?, 0)").param(id).update();
        var out = new BlobOutput(database, id, maxSize);
        try (out) {
            content.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        database.sql("update blob set size = ? where id = ?")
                .params(out.size(), id)
                .update();
    }

    /** The length of a blob in bytes. */
    public long size(String id) {
        return database.sql("select size from blob where id = ?")
                .param(id)
                .query(Long.class)
                .optional()
                .orElseThrow(() -> new NoSuchElementException("no blob " + id));
    }

    /** Reads a blob row by row; whoever opens it closes it. */
    public InputStream open(String id) {
        return new SequenceInputStream(new Parts(id, size(id)));
    }

    /** The whole of a blob, which must not be longer than the limit. */
    public byte[] read(String id, long limit) {
        long size = size(id);
        if (size > limit) {
            throw tooLarge(size, limit);
        }
        try (InputStream in = open(id)) {
            return in.readNBytes(Math.toIntExact(size));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a blob; one that is gone already stays gone. */
    public void delete(String id) {
        database.sql("delete from blob where id = ?").param(id).update();
    }

    static ProblemException tooLarge(long size, long limit) {
        return new ProblemException(
                        ProblemType.LIMIT_EXCEEDED,
                        "These bytes are too many to keep: at least %d, and the limit is %d. Send less."
                                .formatted(size, limit))
                .with("limit", limit);
    }

    private final class Parts implements Enumeration<InputStream> {
        private final String id;
        private final long count;
        private int next;

        Parts(String id, long size) {
            this.id = id;
            this.count = Math.ceilDiv(size, PART_SIZE);
        }

        @Override
        public boolean hasMoreElements() {
            return next < count;
        }

        @Override
        public InputStream nextElement() {
            byte[] bytes = database.sql("select bytes from blob_part where blob = ? and part = ?")
                    .params(id, next)
                    .query((row, _) -> row.getBytes(1))
                    .optional()
                    .orElseThrow(() -> new NoSuchElementException("blob " + id + " was deleted while it was read"));
            next++;
            return new ByteArrayInputStream(bytes);
        }
    }
}
