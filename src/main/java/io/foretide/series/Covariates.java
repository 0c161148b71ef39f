package io.foretide.series;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known beside the target of a series, in the order of names: the order in which a client sends them means
 * nothing.
 *
 * @param past numbers known up to the end of the target, one a step; NaN marks a missing one
 * @param future numbers known beyond the end of the target as well: target steps + horizon
 * @param fixed what does not change over time ({@code static} on the wire)
 */
public record Covariates(Map<String, double[]> past, Map<String, double[]> future, Map<String, String> fixed) {
    /** Nothing known beside the target. */
    public static final Covariates NONE = new Covariates(Map.of(), Map.of(), Map.of());

    public Covariates {
        past = sorted(past);
        future = sorted(future);
        fixed = sorted(fixed);
    }

    // A request may hold a hundred thousand short series: those without covariates keep no maps.
    private static <T> Map<String, T> sorted(Map<String, T> values) {
        return values.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /** Whether nothing is known beside the target. */
    public boolean isEmpty() {
        return past.isEmpty() && future.isEmpty() && fixed.isEmpty();
    }

    /** The past of so many steps, and the future of the horizon beyond them, as far as it is known. */
    Covariates knownAt(int steps, int horizon) {
        return isEmpty() ? this : new Covariates(first(past, steps), first(future, (long) steps + horizon), fixed);
    }

    private static Map<String, double[]> first(Map<String, double[]> covariates, long steps) {
        Map<String, double[]> first = new TreeMap<>();
        covariates.forEach((name, values) ->
                first.put(name, Arrays.copyOf(values, (int) Math.min(steps, values.length))));
        return first;
    }

    /** Fails unless the past has exactly so many steps, and all of the future equally many or more. */
    void requireCovering(int steps) {
        past.forEach((name, values) -> {
            if (values.length != steps) {
                throw new IllegalArgumentException("past " + name + " has " + values.length + " steps, not " + steps);
            }
        });
        long lengths = future.values().stream()
                .mapToInt(values -> values.length)
                .distinct()
                .count();
        if (lengths > 1 || future.values().stream().anyMatch(values -> values.length < steps)) {
            throw new IllegalArgumentException("future must be of one length and cover " + steps + " steps");
        }
    }
}
