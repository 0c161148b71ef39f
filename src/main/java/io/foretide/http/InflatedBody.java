package io.foretide.http;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** The content of gzip bytes, inflated as it is read, within bounds of its size and of its ratio to the bytes. */
final class InflatedBody extends InputStream {
    /** So few bytes do no harm, however small they were sent: long runs of nulls compress a thousandfold. */
    private static final long RATIO_COUNTS_FROM = 16L << 20;

    private static final int BUFFER = 1 << 16;

    private final LimitedBody compressed;
    private final LimitedBody.Limit limit;
    private final int maxRatio;
    private final LongConsumer counter;
    private @Nullable GZIPInputStream inflater;
    private long count;

    /**
     * @param limit the most bytes, compressed and inflated
     * @param maxRatio how many times more there may be inflated
     * @param counter told of bytes that were inflated
     */
    InflatedBody(InputStream compressed, LimitedBody.Limit limit, int maxRatio, LongConsumer counter) {
        this.compressed = new LimitedBody(compressed, limit, _ -> {});
        this.limit = limit;
        this.maxRatio = maxRatio;
        this.counter = counter;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            if (inflater == null) {
                inflater = new GZIPInputStream(compressed, BUFFER);
            }
            int read = inflater.read(target, offset, length);
            if (read > 0) {
                add(read);
            }
            return read;
        } catch (ZipException | EOFException e) {
            throw new ProblemException(
                    ProblemType.MALFORMED_BODY,
                    "The body should be gzip and is not, or breaks off. Compress it again, or send it as it is without"
                            + " Content-Encoding.",
                    e);
        }
    }

    @Override
    public int available() throws IOException {
        return inflater == null ? 0 : inflater.available();
    }

    @Override
    public void close() throws IOException {
        if (inflater == null) {
            compressed.close();
        } else {
            inflater.close(); // frees the memory of zlib as well
        }
    }

    private void add(int bytes) {
        count += bytes;
        limit.check(count);
        if (count > RATIO_COUNTS_FROM && count > maxRatio * compressed.count()) {
            throw new ProblemException(
                            ProblemType.BODY_TOO_LARGE,
                            "The body becomes more than %d times larger when it is inflated. Send it uncompressed, or raise foretide.http.max-compression-ratio."
                                    .formatted(maxRatio))
                    .with("limit", maxRatio);
        }
        counter.accept(bytes);
    }
}
