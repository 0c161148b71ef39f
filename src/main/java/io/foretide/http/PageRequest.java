package io.foretide.http;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list a client asks for.
 *
 * @param limit the most items
 * @param cursor where the page begins, as the page before said; absent for the first page
 */
public record PageRequest(int limit, @Nullable String cursor) {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    public PageRequest {
        if (limit < 1 || limit > MAX_LIMIT) {
            String detail = "must lie between 1 and %d, was %d".formatted(MAX_LIMIT, limit);
            throw new ProblemException(ProblemType.INVALID_PARAMETER, "limit " + detail + ".").at("limit", detail);
        }
    }

    /** Reads the query parameters {@code limit} and {@code cursor}. */
    public static PageRequest of(@Nullable Integer limit, @Nullable String cursor) {
        return new PageRequest(limit == null ? DEFAULT_LIMIT : limit, cursor == null ? null : Cursors.decode(cursor));
    }
}
