package io.foretide.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * One way to break a request.
 *
 * @param weight how often it is taken beside others; slow ones have little
 * @param fits the drafts that can be broken so
 */
record Kind(String name, int weight, Predicate<Draft> fits, Change change) {
    static final int USUAL = 10;
    static final int RARE = 2;

    /** Changes a draft, as a seeded generator says. */
    @FunctionalInterface
    interface Change {
        void apply(Draft draft, RandomGenerator random);
    }

    static Kind of(String name, Predicate<Draft> fits, Change change) {
        return new Kind(name, USUAL, fits, change);
    }

    static Kind rare(String name, Predicate<Draft> fits, Change change) {
        return new Kind(name, RARE, fits, change);
    }

    /** All kinds there are. */
    static List<Kind> all() {
        List<Kind> kinds = new ArrayList<>();
        kinds.add(new Kind("valid", 20, _ -> true, (_, _) -> {}));
        kinds.addAll(JsonKinds.all());
        kinds.addAll(TextKinds.all());
        kinds.addAll(EncodingKinds.all());
        kinds.addAll(MultipartKinds.all());
        kinds.addAll(AddressKinds.all());
        kinds.addAll(HeaderKinds.all());
        kinds.addAll(ProtocolKinds.all());
        kinds.addAll(TimingKinds.all());
        return List.copyOf(kinds);
    }

    @SafeVarargs
    static List<Kind> together(List<Kind>... groups) {
        return Stream.of(groups).flatMap(List::stream).toList();
    }

    static <T> T pick(List<T> choices, RandomGenerator random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
