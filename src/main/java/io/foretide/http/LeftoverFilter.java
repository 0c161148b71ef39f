package io.foretide.http;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads on in a body that was answered before its end, so that its sender sees the answer instead of a broken
 * connection: a body within the limit to its end, of others a little, and all of them only as long as they come quickly.
 *
 * <p>The web server would do so as well, for as long as the body takes: it reads nothing here any more.
 */
@Component
@Order(ProblemFilter.ORDER - 10)
final class LeftoverFilter extends OncePerRequestFilter {
    private static final Logger log = LoggerFactory.getLogger(LeftoverFilter.class);
    private static final long MOST_OF_UNKNOWN_LENGTH = 2 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long BYTES_PER_SECOND = 10 << 20;

    private final long largestBody;

    LeftoverFilter(HttpProperties properties, RequestMemory memory) {
        this.largestBody = LimitedBody.Limit.of(properties, memory).bytes();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        if (request.isAsyncStarted() || !BodyFilter.mayHaveBody(request)) {
            return;
        }
        ServletInputStream body = request.getInputStream();
        if (!body.isFinished()) {
            response.flushBuffer();
            long length = request.getContentLengthLong();
            drain(body, length <= largestBody ? Math.max(length, MOST_OF_UNKNOWN_LENGTH) : MOST_OF_UNKNOWN_LENGTH);
        }
    }

    private static void drain(InputStream body, long most) {
        InputStream paced = new PacedBody(body, PATIENCE, BYTES_PER_SECOND);
        byte[] bytes = new byte[8192];
        try {
            int read = 0;
            for (long count = 0; read >= 0 && count < most; count += read) {
                read = paced.read(bytes, 0, bytes.length);
            }
        } catch (IOException | ProblemException e) {
            log.debug("body left unread", e);
        }
    }
}
