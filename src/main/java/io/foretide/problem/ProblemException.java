package io.foretide.problem;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that a caller or an operator can fix. The detail says what happened, the value and the limit, and what to do.
 */
public final class ProblemException extends RuntimeException {
    private final ProblemType type;
    private final Map<String, Object> members = new LinkedHashMap<>();
    private final List<Place> places = new ArrayList<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private @Nullable Duration retryAfter;

    /** A place in a request: a JSON pointer, or {@code line 17} of a file, and what is wrong there. */
    public record Place(String pointer, String detail) {}

    public ProblemException(ProblemType type, String detail) {
        super(detail);
        this.type = type;
    }

    public ProblemException(ProblemType type, String detail, Throwable cause) {
        super(detail, cause);
        this.type = type;
    }

    /** Adds a typed member to the problem document, in snake_case. */
    public ProblemException with(String member, Object value) {
        members.put(member, value);
        return this;
    }

    /** Adds a place to the document's {@code errors}. */
    public ProblemException at(String pointer, String detail) {
        places.add(new Place(pointer, detail));
        return this;
    }

    /** Adds a place to the document's {@code errors}, with the problem's own detail. */
    public ProblemException at(String pointer) {
        return at(pointer, detail());
    }

    /** Adds a response header that belongs to the problem, such as {@code Allow}. */
    public ProblemException header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public ProblemException retryAfter(Duration delay) {
        retryAfter = delay;
        return this;
    }

    public ProblemType type() {
        return type;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public Map<String, Object> members() {
        return Collections.unmodifiableMap(members);
    }

    public List<Place> places() {
        return Collections.unmodifiableList(places);
    }

    public Map<String, String> headers() {
        return Collections.unmodifiableMap(headers);
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
