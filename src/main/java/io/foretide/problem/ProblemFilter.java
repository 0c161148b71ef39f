package io.foretide.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers what filters throw, and breaks off answers that fail half-way.
 *
 * <p>It stands inside the filter that measures requests, which so sees the status that was really sent.
 */
@Component
@Order(ProblemFilter.ORDER)
public final class ProblemFilter extends OncePerRequestFilter {
    /** Filters whose failures clients should hear of come after this. */
    public static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 100;

    private static final Logger log = LoggerFactory.getLogger(ProblemFilter.class);

    private final Problems problems;

    ProblemFilter(Problems problems) {
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
            if (isBareError(request, response)) {
                problems.answer(request, response, ProblemTranslator.ofStatus(response.getStatus()));
            }
        } catch (IOException | ServletException | RuntimeException failure) {
            if (ProblemTranslator.isClientGone(failure)) {
                log.debug("client gone path={}", request.getRequestURI());
            } else if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) != null) {
                // The server noted by itself that the body is broken or late, and reports it.
                log.debug("body unreadable path={}", request.getRequestURI());
            } else if (response.isCommitted()) {
                throw new BrokenOff(problems.report(request, failure));
            } else {
                problems.answer(request, response, failure);
            }
        }
    }

    /** Whether somebody else's endpoint gave a status and no word about it. */
    private static boolean isBareError(HttpServletRequest request, HttpServletResponse response) {
        return response.getStatus() >= 400
                && response.getContentType() == null
                && !response.isCommitted()
                && !request.isAsyncStarted();
    }

    /** Makes the server close the connection, so that the client does not take half an answer for a whole one. */
    private static final class BrokenOff extends ServletException {
        BrokenOff(String reference) {
            super("answer broken off reference=" + reference);
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this; // the cause is in the log already
        }
    }
}
