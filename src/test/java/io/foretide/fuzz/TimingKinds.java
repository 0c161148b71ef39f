package io.foretide.fuzz;

import static io.foretide.fuzz.Kind.pick;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Requests that come slowly, stop in the middle, or whose senders are gone. */
final class TimingKinds {
    private static final Predicate<Draft> ANY = _ -> true;

    private TimingKinds() {}

    static List<Kind> all() {
        return List.of(
                Kind.rare(
                        "slow: in pieces",
                        ANY,
                        (draft, random) -> draft.delivery =
                                new Delivery.Dripped(pick(List.of(3, 10, 30), random), Duration.ofMillis(30))),
                Kind.rare("slow: byte by byte", Draft::hasBody, (draft, _) -> {
                    draft.delivery = new Delivery.Dripped(Integer.MAX_VALUE, Duration.ofMillis(200));
                    draft.mayBeDropped = true;
                }),
                Kind.rare("slow: stops in the body", Draft::hasBody, (draft, random) -> {
                    double head = draft.head().length / (double) draft.bytes().length;
                    draft.delivery = new Delivery.Silent(head + (1 - head) * 0.9 * random.nextDouble());
                }),
                Kind.rare("slow: stops in the head", ANY, (draft, random) -> {
                    draft.delivery =
                            new Delivery.Silent(0.9 * random.nextDouble() * draft.head().length / draft.bytes().length);
                    draft.mayBeDropped = true;
                }),
                Kind.rare("slow: answer read in pieces", ANY, (draft, _) -> draft.delivery = new Delivery.ReadSlowly()),
                Kind.of(
                        "half-closed: after the request",
                        ANY,
                        (draft, _) -> draft.delivery = new Delivery.HalfClosed(1)),
                Kind.of(
                        "half-closed: in the request",
                        ANY,
                        (draft, random) -> drop(draft, new Delivery.HalfClosed(random.nextDouble()))),
                Kind.of(
                        "aborted: in the request",
                        ANY,
                        (draft, random) -> drop(draft, new Delivery.Aborted(random.nextDouble()))),
                Kind.of("aborted: before the answer", ANY, (draft, _) -> drop(draft, new Delivery.Aborted(1))),
                Kind.rare("aborted: at once", ANY, (draft, _) -> drop(draft, new Delivery.Aborted(0))),
                Kind.of("length: too large", Draft::hasBody, TimingKinds::promiseMore));
    }

    private static void drop(Draft draft, Delivery delivery) {
        draft.delivery = delivery;
        draft.mayBeDropped = true;
    }

    private static void promiseMore(Draft draft, RandomGenerator random) {
        draft.setHeader("Content-Length", String.valueOf(draft.body.length + 1 + random.nextInt(1_000)));
        draft.delivery = new Delivery.HalfClosed(1);
        draft.mayBeDropped = true;
    }
}
