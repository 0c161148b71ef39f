package io.foretide.network;

/** A checkpoint that this training cannot go on from. The message is the end of a sentence that begins with "it". */
final class UnusableCheckpointException extends Exception {
    private static final long serialVersionUID = 1;

    UnusableCheckpointException(String message) {
        super(message);
    }
}
