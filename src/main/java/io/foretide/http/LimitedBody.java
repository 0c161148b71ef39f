package io.foretide.http;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bytes that end in a problem where they become too many; it also counts them. */
final class LimitedBody extends FilterInputStream {
    private final long limit;
    private long count;

    LimitedBody(InputStream bytes, long limit) {
        super(bytes);
        this.limit = limit;
    }

    static ProblemException tooLarge(long limit) {
        return new ProblemException(
                        ProblemType.BODY_TOO_LARGE,
                        "The body is larger than %d bytes. Send less in one request, or raise foretide.http.max-body-size."
                                .formatted(limit))
                .with("limit", limit);
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
        if (count > limit) {
            throw tooLarge(limit);
        }
    }
}
