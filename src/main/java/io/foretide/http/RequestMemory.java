package io.foretide.http;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * The memory that requests in progress may hold together, so that no crowd of large ones exhausts the heap.
 *
 * <p>Each request has a share, which grows with what is read of its body and with the answer it asks for, and is given
 * back when the request is over.
 */
@Component
public final class RequestMemory {
    /**
     * What a byte of a body becomes on the heap at most. {@code 1,} is two bytes and a number of eight, of which there
     * are two and a half while a list of them grows; a short series in a few bytes is an object or more.
     */
    static final int HEAP_OF_A_BYTE = 10;

    /** Bodies up to here cost too little to be counted one by one. */
    private static final long STEP = 64 << 10;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final String SHARE = Share.class.getName();

    private final long most;
    private final AtomicLong held = new AtomicLong();

    RequestMemory(HttpProperties properties) {
        DataSize configured = properties.maxMemory();
        most = configured == null ? Runtime.getRuntime().maxMemory() / 2 : configured.toBytes();
    }

    /** The largest body that can be read when there is no other. */
    long largestBody() {
        return most / HEAP_OF_A_BYTE;
    }

    /** What all requests hold now, in bytes. */
    long held() {
        return held.get();
    }

    /** Begins the share of a request. */
    Share open(HttpServletRequest request) {
        Share share = new Share();
        request.setAttribute(SHARE, share);
        return share;
    }

    /** The share of a request that has one. */
    static Share of(HttpServletRequest request) {
        return (Share) request.getAttribute(SHARE);
    }

    /**
     * Counts what a request will hold beside its body until it is answered.
     *
     * @param bytes on the heap
     * @throws ProblemException {@code overloaded}, if together with all other requests it is too much
     */
    public void hold(HttpServletRequest request, long bytes) {
        of(request).hold(bytes);
    }

    /** What one request holds; used by its thread alone. */
    final class Share implements AutoCloseable {
        private long bytes;
        private long bodies;

        /** Counts bytes of a body that are about to be kept. */
        void holdBody(long read) {
            bodies += read;
            long steps = bodies / STEP * STEP * HEAP_OF_A_BYTE;
            if (steps > bytes) {
                hold(steps - bytes);
            }
        }

        private void hold(long more) {
            if (more > most) {
                throw new ProblemException(
                                ProblemType.LIMIT_EXCEEDED,
                                "The request would hold %d bytes of memory, and all requests together may hold %d. Ask for less at a time, or raise foretide.http.max-memory."
                                        .formatted(more, most))
                        .with("limit", most);
            }
            long all = held.addAndGet(more);
            if (all > most) {
                held.addAndGet(-more);
                throw new ProblemException(
                                ProblemType.OVERLOADED,
                                "Other large requests are in progress, and with this one they would hold %d bytes of memory, of which %d are allowed. Try again later, or send less in one request."
                                        .formatted(all, most))
                        .with("limit", most)
                        .retryAfter(RETRY_AFTER);
            }
            bytes += more;
        }

        @Override
        public void close() {
            held.addAndGet(-bytes);
            bytes = 0;
        }
    }
}
