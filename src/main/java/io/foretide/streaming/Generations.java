package io.foretide.streaming;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Continuations that were asked for and are not over, by who asked: bounded, and to be ended before their time. */
final class Generations {
    private final int most;
    private final Semaphore places;
    private final Map<Recipient, Set<Task.Generate>> asked = new ConcurrentHashMap<>();

    Generations(int most) {
        this.most = most;
        this.places = new Semaphore(most);
    }

    /** Takes a place, until it is {@link #over}; fails where there is none. */
    void add(Task.Generate generate) {
        if (!places.tryAcquire()) {
            throw SessionProblems.tooManyGenerations(most);
        }
        asked.compute(generate.from(), (_, some) -> {
            Set<Task.Generate> all = some == null ? ConcurrentHashMap.newKeySet() : some;
            all.add(generate);
            return all;
        });
    }

    void over(Task.Generate generate) {
        asked.computeIfPresent(generate.from(), (_, all) -> {
            if (all.remove(generate)) {
                places.release();
            }
            return all.isEmpty() ? null : all;
        });
    }

    /** Ends those that have that name with what there is. */
    void cancel(Recipient from, String eventId) {
        of(from).stream()
                .filter(generate -> eventId.equals(generate.message().eventId()))
                .forEach(Task.Generate::cancel);
    }

    /** Nobody listens any more: they never were. */
    void gone(Recipient from) {
        of(from).forEach(Task.Generate::abandon);
    }

    private Set<Task.Generate> of(Recipient from) {
        return asked.getOrDefault(from, Set.of());
    }
}
