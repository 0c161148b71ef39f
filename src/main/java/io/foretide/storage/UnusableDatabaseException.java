package io.foretide.storage;

/** A database that the service cannot start on: what is the matter, and what the operator can do about it. */
final class UnusableDatabaseException extends RuntimeException {
    private final String action;

    UnusableDatabaseException(String matter, String action) {
        super(matter);
        this.action = action;
    }

    String matter() {
        return String.valueOf(getMessage());
    }

    String action() {
        return action;
    }
}
