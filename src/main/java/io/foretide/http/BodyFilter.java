package io.foretide.http;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemFilter;
import io.foretide.problem.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Bounds every request body and the time it takes, and inflates those that are compressed. */
@Component
@Order(ProblemFilter.ORDER + 100)
final class BodyFilter extends OncePerRequestFilter {
    private final HttpProperties properties;
    private final RequestMemory memory;
    private final LimitedBody.Limit limit;

    BodyFilter(HttpProperties properties, RequestMemory memory) {
        this.properties = properties;
        this.memory = memory;
        this.limit = LimitedBody.Limit.of(properties, memory);
    }

    /** Whether there is anything to read. */
    static boolean mayHaveBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        limit.check(request.getContentLengthLong());
        BodyFormat.requireConcrete(request.getContentType());
        try (RequestMemory.Share share = memory.open(request)) {
            chain.doFilter(mayHaveBody(request) ? bounded(request, share) : request, response);
        }
    }

    private HttpServletRequest bounded(HttpServletRequest request, RequestMemory.Share share) throws IOException {
        InputStream bytes = new PacedBody(
                request.getInputStream(),
                properties.bodyPatience(),
                properties.minBodyRate().toBytes());
        if (isCompressed(request)) {
            InputStream inflated = new InflatedBody(bytes, limit, properties.maxCompressionRatio(), share::holdBody);
            return new BoundedRequest(request, inflated, BoundedRequest.Headers.OF_CONTENT);
        }
        InputStream limited = new LimitedBody(bytes, limit, share::holdBody);
        return new BoundedRequest(request, limited, BoundedRequest.Headers.AS_SENT);
    }

    private static boolean isCompressed(HttpServletRequest request) {
        List<String> encodings = Collections.list(request.getHeaders("Content-Encoding")).stream()
                .flatMap(line -> List.of(line.split(",", -1)).stream())
                .map(encoding -> encoding.strip().toLowerCase(Locale.ROOT))
                .filter(encoding -> !encoding.equals("identity"))
                .toList();
        if (encodings.isEmpty()) {
            return false;
        }
        if (encodings.equals(List.of("gzip")) || encodings.equals(List.of("x-gzip"))) {
            return true;
        }
        throw new ProblemException(
                        ProblemType.UNSUPPORTED_MEDIA_TYPE,
                        "The content encoding " + String.join(", ", encodings)
                                + " is not known here. Send the body as it is, or with gzip.")
                .with("supported", List.of("gzip"))
                .header("Accept-Encoding", "gzip");
    }
}
