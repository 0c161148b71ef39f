package io.foretide.streaming;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Which sessions leave memory. */
final class SessionRoom {
    /** More leave than have to, so that not each new one makes another leave. */
    private static final double LEFT = 0.95;

    private SessionRoom() {}

    /**
     * Those unused since a time, and where there are more than the most, those used longest ago.
     *
     * @param idleSince in nanoseconds of the system's clock
     */
    static List<Session> toRest(Collection<Session> sessions, int most, long idleSince, long now) {
        long since = Math.max(idleSince - now, sessions.size() > most ? oldest(sessions, most, now) : Long.MIN_VALUE);
        return sessions.stream()
                .filter(session -> session.lastUsed() - now <= since)
                .toList();
    }

    /** Before when those were used last that are too many, relative to now. */
    private static long oldest(Collection<Session> sessions, int most, long now) {
        long[] ages = sessions.stream()
                .mapToLong(session -> session.lastUsed() - now)
                .sorted()
                .toArray();
        int tooMany = Math.max(0, ages.length - (int) (LEFT * most));
        return tooMany == 0 ? Long.MIN_VALUE : Arrays.copyOf(ages, tooMany)[tooMany - 1];
    }
}
