package io.foretide.security;

/** A configuration with which the service had better not start. */
final class UnsafeStartException extends RuntimeException {
    private final String action;

    UnsafeStartException(String description, String action) {
        super(description);
        this.action = action;
    }

    String description() {
        return String.valueOf(getMessage());
    }

    String action() {
        return action;
    }
}
