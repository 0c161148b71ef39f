package io.foretide.streaming;

/**
 * How often something may happen: so many times a second in the mean, and as many at once. For one thread.
 *
 * <p>Each time puts off the moment at which all allowance is back; it may lie a second ahead.
 */
final class MessageRate {
    private static final long SECOND = 1_000_000_000;

    private final long cost;
    private long restoredAt;

    MessageRate(int perSecond, long now) {
        this.cost = SECOND / perSecond;
        this.restoredAt = now;
    }

    /**
     * Whether it may happen once more.
     *
     * @param now in nanoseconds, of any clock that goes on steadily
     */
    boolean admits(long now) {
        long next = (restoredAt - now > 0 ? restoredAt : now) + cost;
        if (next - now > SECOND) {
            return false;
        }
        restoredAt = next;
        return true;
    }
}
