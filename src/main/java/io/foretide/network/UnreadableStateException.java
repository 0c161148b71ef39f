package io.foretide.network;

/** Bytes that are no state of a walk on this version: of another kind of network, another format, or damaged. */
public final class UnreadableStateException extends Exception {
    private static final long serialVersionUID = 1;

    public UnreadableStateException(String message) {
        super(message);
    }
}
