package io.foretide.streaming;

import java.util.concurrent.CompletableFuture;

/**
 * What outlives a crash: the observations of all sessions, one after the other, and now and then where each session stands.
 *
 * <p>All may be called from any thread, and none waits for the database. What is asked for is done in the order in which it was
 * asked; futures complete on the journal's thread, where nothing may take long or wait. They fail with the problem to answer.
 */
interface Journal {
    /**
     * Keeps one more observation of a session, soon: {@link LiveSession#durable} tells when. One thread at a time for each
     * session, and not while a {@link #replace} or {@link #release} of it is under way.
     *
     * @throws io.foretide.problem.ProblemException {@code DATABASE_UNAVAILABLE} where too much waits to be written, and
     *     {@code SESSION_ELSEWHERE} where somebody else goes on with the session: the step is not kept
     */
    void append(SessionLog log, Step step);

    /** Keeps a new session, which is this process's from then on. {@code SESSION_EXISTS} where the name is taken. */
    CompletableFuture<SessionLog> open(StoredSession session);

    /**
     * Makes a session this process's, whoever had it before, as it is with all that is durable. {@code SESSION_GONE} where
     * there is none.
     */
    CompletableFuture<Claimed> claim(long id);

    /**
     * As {@link #claim}, but only if nobody else has had the session since its log of that epoch was released, and
     * {@code SESSION_ELSEWHERE} otherwise.
     */
    CompletableFuture<Claimed> reclaim(long id, int epoch);

    /** All that was appended to a session of this process until now: what can be rewound, forked or signed. */
    CompletableFuture<History> read(SessionLog log);

    /** Whether a session still is this process's: {@code SESSION_ELSEWHERE} where somebody has taken it over meanwhile. */
    CompletableFuture<Void> confirm(SessionLog log);

    /** Writes a session anew, so that nothing appended before counts any more. Its log ends, and it goes on with the new one. */
    CompletableFuture<SessionLog> replace(SessionLog log, StoredSession session);

    /** Lets a session rest in the database as it stands; its log ends. Whoever claims it first has it. */
    CompletableFuture<Void> release(SessionLog log);

    /** Deletes a session; its log ends. */
    CompletableFuture<Void> remove(SessionLog log);

    /** A session that this process has now. */
    record Claimed(StoredSession session, SessionLog log, SessionSource source) {}
}
