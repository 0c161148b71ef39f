package io.foretide.storage;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Cuts what is written into the rows of a blob. */
final class BlobOutput extends OutputStream {
    private final JdbcClient database;
    private final String id;
    private final long maxSize;
    private final byte[] buffer = new byte[Blobs.PART_SIZE];
    private int filled;
    private int parts;
    private boolean closed;

    BlobOutput(JdbcClient database, String id, long maxSize) {
        this.database = database;
        this.id = id;
        this.maxSize = maxSize;
    }

    /** The number of bytes written so far. */
    long size() {
        return (long) parts * Blobs.PART_SIZE + filled;
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (size() + length > maxSize) {
            throw Blobs.tooLarge(size() + length, maxSize);
        }
        int end = offset + length;
        int position = offset;
        while (position < end) {
            int count = Math.min(end - position, buffer.length - filled);
            System.arraycopy(bytes, position, buffer, filled, count);
            position += count;
            filled += count;
            storeFullPart();
        }
    }

    private void storeFullPart() {
        if (filled == buffer.length) {
            insert(buffer);
            parts++;
            filled = 0;
        }
    }

    @Override
    public void close() {
        // Content may close it as well.
        if (!closed && filled > 0) {
            insert(Arrays.copyOf(buffer, filled));
        }
        closed = true;
    }

    private void insert(byte[] bytes) {
        database.sql("insert into blob_part (blob, part, bytes) values (?, ?, ?)")
                .params(id, parts, bytes)
                .update();
    }
}
