package io.foretide.training;

import io.foretide.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The problem of a failed job, in the form of RFC 9457. */
final class FailureDocument {
    /** A client that has seen so many wrong places has seen enough. */
    private static final int MOST_PLACES = 50;

    private FailureDocument() {}

    static Map<String, Object> of(ProblemException problem) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", "/problems/" + problem.type().slug());
        document.put("title", problem.type().title());
        document.put("status", problem.type().status());
        document.put("detail", problem.detail());
        problem.members().forEach(document::putIfAbsent);
        if (!problem.places().isEmpty()) {
            document.put("errors", problem.places().stream().limit(MOST_PLACES).toList());
        }
        return document;
    }
}
