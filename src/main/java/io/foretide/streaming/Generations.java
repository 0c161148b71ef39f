package io.foretide.streaming;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Continuations that were asked for and are not over, by who asked: to be ended before their time. */
final class Generations {
    private final Map<Recipient, Set<Task.Generate>> asked = new ConcurrentHashMap<>();

    void add(Task.Generate generate) {
        asked.compute(generate.from(), (_, some) -> {
            Set<Task.Generate> all = some == null ? ConcurrentHashMap.newKeySet() : some;
            all.add(generate);
            return all;
        });
    }

    void over(Task.Generate generate) {
        asked.computeIfPresent(generate.from(), (_, all) -> {
            all.remove(generate);
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
