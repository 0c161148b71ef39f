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

/** Bounds every request body, and inflates those that are compressed. */
@Component
@Order(ProblemFilter.ORDER + 100)
final class BodyFilter extends OncePerRequestFilter {
    private final HttpProperties properties;

    BodyFilter(HttpProperties properties) {
        this.properties = properties;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long limit = properties.maxBodySize().toBytes();
        if (request.getContentLengthLong() > limit) {
            throw LimitedBody.tooLarge(limit);
        }
        boolean hasBody = request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
        chain.doFilter(hasBody ? bounded(request) : request, response);
    }

    private HttpServletRequest bounded(HttpServletRequest request) throws IOException {
        long limit = properties.maxBodySize().toBytes();
        InputStream bytes = request.getInputStream();
        return isCompressed(request)
                ? new BoundedRequest(request, new InflatedBody(bytes, properties), BoundedRequest.Headers.OF_CONTENT)
                : new BoundedRequest(request, new LimitedBody(bytes, limit), BoundedRequest.Headers.AS_SENT);
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
