package io.foretide.registry;

/**
 * Who changes something in the registry, and why.
 *
 * @param by {@link #ANYBODY}, or what of the service itself it was, such as {@code training job 17}
 * @param reason a sentence; empty where none was given
 */
public record Cause(String by, String reason) {
    /** A client: this release tells nobody apart. */
    static final String ANYBODY = "anonymous";

    /** A client's reason. */
    static Cause ofClient(String reason) {
        return new Cause(ANYBODY, reason);
    }
}
