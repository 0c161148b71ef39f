package io.foretide.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A kind of error that a client can receive; {@code docs/problems.md} has a section for each. */
public enum ProblemType {
    BAD_REQUEST(400, "Bad request"),
    MALFORMED_BODY(400, "Malformed body"),
    INVALID_REQUEST(400, "Invalid request"),
    INVALID_PARAMETER(400, "Invalid parameter"),
    UNSUPPORTED_PROTOCOL(400, "Unsupported protocol"),
    CROSS_SITE(403, "Cross-site request"),
    INVALID_TOKEN(403, "Invalid token"),
    INVALID_STATE(403, "Invalid state"),
    NOT_FOUND(404, "Not found"),
    UNKNOWN_MODEL(404, "Unknown model"),
    UNKNOWN_VERSION(404, "Unknown version"),
    UNKNOWN_ALIAS(404, "Unknown alias"),
    UNKNOWN_JOB(404, "Unknown job"),
    UNKNOWN_SESSION(404, "Unknown session"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    NOT_ACCEPTABLE(406, "Not acceptable"),
    SLOW_BODY(408, "Slow body"),
    IN_USE(409, "In use"),
    IDEMPOTENCY_KEY_REUSED(409, "Idempotency key reused"),
    JOB_FINISHED(409, "Job finished"),
    TASK_MISMATCH(409, "Task mismatch"),
    NOTHING_TO_ROLL_BACK(409, "Nothing to roll back"),
    SESSION_EXISTS(409, "Session exists"),
    SESSION_ELSEWHERE(409, "Session elsewhere"),
    UNEXPECTED_COUNT(409, "Unexpected count"),
    SESSION_GONE(410, "Session gone"),
    ALIAS_MOVED(412, "Alias moved"),
    BODY_TOO_LARGE(413, "Body too large"),
    MESSAGE_TOO_LARGE(413, "Message too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    BINARY_MESSAGE(415, "Binary message"),
    INVALID_SERIES(422, "Invalid series"),
    INVALID_SEQUENCE(422, "Invalid sequence"),
    LIMIT_EXCEEDED(422, "Limit exceeded"),
    NOT_SUPPORTED(422, "Not supported"),
    CANNOT_CONTINUE(422, "Cannot continue"),
    NOT_ENOUGH_DATA(422, "Not enough data"),
    NO_FINITE_FORECAST(422, "No finite forecast"),
    UNREADABLE_ARTIFACT(422, "Unreadable artifact"),
    UNREADABLE_STATE(422, "Unreadable state"),
    QUEUE_FULL(429, "Queue full"),
    TOO_MANY_LISTENERS(429, "Too many listeners"),
    TOO_MANY_IMPORTS(429, "Too many imports"),
    TOO_MANY_EXPORTS(429, "Too many exports"),
    TOO_MANY_GENERATIONS(429, "Too many generations"),
    TOO_MANY_SESSIONS(429, "Too many sessions"),
    TOO_MANY_MESSAGES(429, "Too many messages"),
    TRAINING_FAILED(500, "Training failed"),
    DAMAGED_ARTIFACT(500, "Damaged artifact"),
    INTERNAL_ERROR(500, "Internal error"),
    NOT_READY(503, "Not ready"),
    DRAINING(503, "Draining"),
    NATIVES_MISSING(503, "Natives missing"),
    OVERLOADED(503, "Overloaded"),
    OUT_OF_MEMORY(503, "Out of memory"),
    TIMED_OUT(503, "Timed out"),
    DATABASE_UNAVAILABLE(503, "Database unavailable"),
    STORAGE_FULL(507, "Storage full");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** The last part of the type's address, such as {@code body-too-large}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<ProblemType> ofSlug(String slug) {
        return Arrays.stream(values()).filter(type -> type.slug().equals(slug)).findFirst();
    }

    /** The type for an error of which only the HTTP status is known, as from the web server itself. */
    static ProblemType ofStatus(int status) {
        return switch (status) {
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 408 -> SLOW_BODY;
            case 413 -> BODY_TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 501, 505 -> BAD_REQUEST; // a transfer encoding or a version that the client chose
            case 503 -> NOT_READY;
            default -> status < 500 ? BAD_REQUEST : INTERNAL_ERROR;
        };
    }
}
