package io.foretide.http;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Bytes that must not be waited for too long in all: a client that sends one now and then would keep a thread for ever.
 *
 * <p>Only the waiting counts, not what is done with the bytes in between.
 */
final class PacedBody extends FilterInputStream {
    private final Duration patience;
    private final long bytesPerSecond;
    private long waited;
    private long count;

    /**
     * @param patience how long may be waited for any number of bytes
     * @param bytesPerSecond for how many bytes a second more may be waited
     */
    PacedBody(InputStream bytes, Duration patience, long bytesPerSecond) {
        super(bytes);
        this.patience = patience;
        this.bytesPerSecond = bytesPerSecond;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        long start = System.nanoTime();
        int read = super.read(target, offset, length);
        waited += System.nanoTime() - start;
        count += Math.max(0, read);
        if (read > 0 && isTooSlow()) {
            throw new ProblemException(
                    ProblemType.SLOW_BODY,
                    "The body was waited for more than %d seconds, and a second more for each %d bytes. Send it faster, compressed, or in smaller requests, or change foretide.http.body-patience or foretide.http.min-body-rate."
                            .formatted(patience.toSeconds(), bytesPerSecond));
        }
        return read;
    }

    private boolean isTooSlow() {
        double allowed = patience.toNanos() + 1e9 * count / bytesPerSecond;
        return waited > allowed;
    }

    @Override
    public long skip(long most) throws IOException {
        byte[] skipped = new byte[(int) Math.clamp(most, 0, 8192)];
        return Math.max(0, read(skipped, 0, skipped.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
