package io.foretide.http;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Bytes that end in a problem where they become too many; it also counts them. */
final class LimitedBody extends FilterInputStream {
    private final Limit limit;
    private final LongConsumer counter;
    private long count;

    /**
     * How many bytes there may be.
     *
     * @param property which an operator raises to allow more
     */
    record Limit(long bytes, String property) {
        /** That of the properties, or what there is memory for where that is less. */
        static Limit of(HttpProperties properties, RequestMemory memory) {
            long configured = properties.maxBodySize().toBytes();
            return configured <= memory.largestBody()
                    ? new Limit(configured, "foretide.http.max-body-size")
                    : new Limit(memory.largestBody(), "the heap, or foretide.http.max-memory");
        }

        void check(long count) {
            if (count > bytes) {
                throw new ProblemException(
                                ProblemType.BODY_TOO_LARGE,
                                "The body is larger than %d bytes. Send less in one request, or raise %s."
                                        .formatted(bytes, property))
                        .with("limit", bytes);
            }
        }
    }

    /** @param counter told of bytes that were read */
    LimitedBody(InputStream bytes, Limit limit, LongConsumer counter) {
        super(bytes);
        this.limit = limit;
        this.counter = counter;
    }

    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
            add(1);
        }
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        if (read > 0) {
            add(read);
        }
        return read;
    }

    @Override
    public long skip(long most) throws IOException {
        long skipped = super.skip(most);
        add(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void add(long bytes) {
        count += bytes;
        limit.check(count);
        counter.accept(bytes);
    }
}
