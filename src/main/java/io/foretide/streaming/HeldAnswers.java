package io.foretide.streaming;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Answers of one session that wait until what they answer is durable, in their order. Guarded by the session. */
final class HeldAnswers {
    private final ArrayDeque<Held> waiting = new ArrayDeque<>();

    private record Held(long until, Runnable answer) {}

    void add(long until, Runnable answer) {
        waiting.add(new Held(until, answer));
    }

    /** Takes out the next one where that much is durable; null where it has to wait. */
    @Nullable
    Runnable due(long durable) {
        Held next = waiting.peek();
        if (next == null || next.until() > durable) {
            return null;
        }
        waiting.remove();
        return next.answer();
    }
}
