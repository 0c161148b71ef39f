package io.foretide.security;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemFilter;
import io.foretide.problem.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests that a page of another site makes a browser send.
 *
 * <p>A browser sends forms, and so trainings, to any address that it can reach, one on the user's own machine included,
 * and asks nobody before. It says where the request comes from: newer ones in {@code Sec-Fetch-Site}, all of them in
 * {@code Origin}. Other clients send neither.
 */
@Component
@Order(ProblemFilter.ORDER + 50)
final class CrossSiteFilter extends OncePerRequestFilter {
    private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OURS = Set.of("same-origin", "none");

    private final Set<String> allowedOrigins;

    CrossSiteFilter(SecurityProperties properties) {
        this.allowedOrigins = Set.copyOf(properties.allowedOrigins());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String origin = request.getHeader("Origin");
        if (mayChangeSomething(request) && isForeign(request, origin)) {
            throw new ProblemException(
                    ProblemType.CROSS_SITE,
                    "The request comes from a page of another origin, and changes something or makes work. Send it from elsewhere, or add the origin to foretide.security.allowed-origins.");
        }
        chain.doFilter(request, response);
    }

    /** A browser lets any page open a WebSocket to anywhere, and read what comes back. */
    private static boolean mayChangeSomething(HttpServletRequest request) {
        return !HARMLESS.contains(request.getMethod()) || "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    }

    private boolean isForeign(HttpServletRequest request, @Nullable String origin) {
        if (origin != null && allowedOrigins.contains(origin)) {
            return false;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !OURS.contains(site.toLowerCase(Locale.ROOT));
        }
        return origin != null && !isHost(origin, request.getHeader("Host"));
    }

    private static boolean isHost(String origin, @Nullable String host) {
        try {
            return URI.create(origin).getRawAuthority() != null
                    && URI.create(origin).getRawAuthority().equalsIgnoreCase(host);
        } catch (IllegalArgumentException nonsense) {
            return false;
        }
    }
}
