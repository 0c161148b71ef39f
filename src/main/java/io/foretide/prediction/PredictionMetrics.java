package io.foretide.prediction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** How long models think, and how many steps they walk. */
@Component
final class PredictionMetrics {
    /** 1, 2, 5 µs … 10 s: the default buckets begin at a millisecond, and a step takes a microsecond. */
    static final Duration[] BUCKETS = Stream.concat(
                    IntStream.rangeClosed(0, 6)
                            .mapToLong(decade -> (long) Math.pow(10, decade))
                            .boxed()
                            .flatMap(decade -> Stream.of(decade, 2 * decade, 5 * decade)),
                    Stream.of(10_000_000L))
            .map(micros -> Duration.ofNanos(1000 * micros))
            .toArray(Duration[]::new);

    private final Meter.MeterProvider<Timer> durations;
    private final Meter.MeterProvider<Counter> steps;

    /** What a model was asked to do. */
    enum Operation {
        PREDICT,
        BACKTEST
    }

    PredictionMetrics(MeterRegistry registry) {
        durations = Timer.builder("foretide.inference.duration")
                .description("Time that a model took for all series of a request")
                .serviceLevelObjectives(BUCKETS)
                .withRegistry(registry);
        steps = Counter.builder("foretide.steps")
                .description("Observations that were walked")
                .withRegistry(registry);
    }

    /** Does the work, and records how long that took and how it ended. */
    <T> T time(ServedModel model, Operation operation, Supplier<T> work) {
        var sample = Timer.start();
        String outcome = "error";
        try {
            T result = work.get();
            outcome = "success";
            return result;
        } finally {
            sample.stop(durations.withTags(tags(model, operation).and("outcome", outcome)));
        }
    }

    /** Counts the observations that a model walks. */
    Counter steps(ServedModel model, Operation operation) {
        return steps.withTags(tags(model, operation));
    }

    private static Tags tags(ServedModel model, Operation operation) {
        return Tags.of(
                "model",
                model.name(),
                "version",
                Integer.toString(model.version()),
                "operation",
                operation.name().toLowerCase(Locale.ROOT));
    }
}
