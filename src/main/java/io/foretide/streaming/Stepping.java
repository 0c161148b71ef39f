package io.foretide.streaming;

/**
 * Does the tasks of all sessions of one version, of each session in their order. Any thread.
 *
 * <p>Whoever has a task for a session that has none puts the session in the queue, and then steps.
 */
sealed interface Stepping permits Stepper, OneByOne {
    ServedVersion version();

    /** Puts a session that has a task in the queue. */
    void ready(Session session);

    /** Sees to it that what waits is done, now or soon. */
    void step();

    /** A session walks its version from now on. */
    void joined();

    /** A session walks its version no more. */
    void left();

    boolean isUsed();

    /** It is not needed any more. */
    void forget();
}
