package io.foretide.registry;

import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The buckets in which all count who time a model: a meter has one form, whoever records with it. */
public final class InferenceBuckets {
    /** 1, 2, 5 µs … 10 s: the default buckets begin at a millisecond, and a step takes a microsecond. */
    private static final Duration[] DURATIONS = Stream.concat(
                    IntStream.rangeClosed(0, 6)
                            .mapToLong(decade -> (long) Math.pow(10, decade))
                            .boxed()
                            .flatMap(decade -> Stream.of(decade, 2 * decade, 5 * decade)),
                    Stream.of(10_000_000L))
            .map(micros -> Duration.ofNanos(1000 * micros))
            .toArray(Duration[]::new);

    private InferenceBuckets() {}

    public static Duration[] ofDurations() {
        return DURATIONS.clone();
    }
}
