package io.foretide.streaming;

/** What the journal asks and tells a session that is in memory, mostly on its own thread: it must be brief and never wait. */
interface LiveSession {
    /**
     * Where the session stands: all that was appended, and nothing else, is in it. Whoever walks the session appends the step
     * and stores the state while nobody can ask this.
     */
    Base base();

    /** All up to this count is there after any crash. Counts only rise. */
    void durable(long seq);

    /** Somebody else goes on with this session. What was not told to be durable is lost, and nothing more is appended. Perhaps told twice. */
    void takenOver();
}
