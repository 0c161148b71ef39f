package io.foretide.problem;

import io.foretide.problem.ProblemException.Place;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The RFC 9457 form of a problem. */
public final class ProblemDocument {
    static final String MEDIA_TYPE = "application/problem+json";

    /** A client that sent thousands of wrong fields has seen enough after these. */
    private static final int MOST_PLACES = 50;

    /** What a client sent is told back to it in part: it can be as long as a whole request. */
    private static final int MOST_CHARACTERS = 1_000;

    private ProblemDocument() {}

    /** The document of a problem that no request was answered with, to be kept and shown later. */
    public static Map<String, Object> of(ProblemException problem) {
        return of(problem, problem.type().status(), null);
    }

    static Map<String, Object> of(ProblemException problem, int status, @Nullable String path) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", "/problems/" + problem.type().slug());
        document.put("title", problem.type().title());
        document.put("status", status);
        document.put("detail", shortened(problem.detail()));
        if (path != null && !path.isEmpty()) {
            document.put("instance", shortened(path));
        }
        problem.members().forEach(document::putIfAbsent);
        if (!problem.places().isEmpty()) {
            document.put(
                    "errors",
                    problem.places().stream()
                            .limit(MOST_PLACES)
                            .map(place -> new Place(shortened(place.pointer()), shortened(place.detail())))
                            .toList());
        }
        return document;
    }

    private static String shortened(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
    }

    static Map<String, String> headers(ProblemException problem) {
        Map<String, String> headers = new LinkedHashMap<>(problem.headers());
        headers.put("Cache-Control", "no-store");
        headers.put("X-Content-Type-Options", "nosniff");
        Duration retryAfter = problem.retryAfter();
        if (retryAfter != null) {
            headers.put("Retry-After", String.valueOf(Math.max(1, (retryAfter.toMillis() + 999) / 1000)));
        }
        return headers;
    }
}
