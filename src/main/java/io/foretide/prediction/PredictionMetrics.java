package io.foretide.prediction;

import io.foretide.registry.InferenceBuckets;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** How long models think, and how many steps they walk. */
@Component
final class PredictionMetrics {
    /** Beyond them, the meters of the version that was longest not asked are removed. */
    static final int MOST_VERSIONS = 100;

    private static final String DURATION = "foretide.inference.duration";
    private static final String STEPS = "foretide.steps";
    private static final String TOKENS = "foretide.tokens";
    private static final String FIRST_TOKEN = "foretide.time.to.first.token";
    private static final String GENERATIONS = "foretide.generations.active";

    private final MeterRegistry registry;
    private final SequencedSet<Version> lastAsked = new LinkedHashSet<>();
    private final Meter.MeterProvider<Timer> durations;
    private final Meter.MeterProvider<Counter> steps;
    private final Meter.MeterProvider<Counter> tokens;
    private final Meter.MeterProvider<Timer> firstTokens;

    /** What a model was asked to do. */
    enum Operation {
        PREDICT,
        CLASSIFY,
        GENERATE,
        BACKTEST
    }

    private record Version(String model, String number) {
        Tags tags() {
            return Tags.of("model", model, "version", number);
        }
    }

    PredictionMetrics(MeterRegistry registry) {
        this.registry = registry;
        durations = Timer.builder(DURATION)
                .description("Time that a model took for all that a request sends")
                .serviceLevelObjectives(InferenceBuckets.ofDurations())
                .withRegistry(registry);
        steps = Counter.builder(STEPS)
                .description("Observations that were walked")
                .withRegistry(registry);
        tokens = Counter.builder(TOKENS)
                .description("Tokens that were generated")
                .withRegistry(registry);
        firstTokens = Timer.builder(FIRST_TOKEN)
                .description("Time until the first token of a continuation, the reading of its prompt included")
                .serviceLevelObjectives(InferenceBuckets.ofDurations())
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
            sample.stop(meter(durations, model, operation, Tags.of("outcome", outcome)));
        }
    }

    /** Shows how many continuations are being written. */
    void generations(Supplier<Number> active) {
        Gauge.builder(GENERATIONS, active)
                .description("Continuations that are being written over HTTP")
                .register(registry);
    }

    /** Counts the tokens that a model generates. */
    Counter tokens(ServedModel model) {
        return meter(tokens, model, Operation.GENERATE, Tags.empty());
    }

    /** Measures the time from now on until the first token is there, which it is to be told. */
    Runnable timeToFirstToken(ServedModel model) {
        var sample = Timer.start();
        return () -> sample.stop(meter(firstTokens, model, Operation.GENERATE, Tags.empty()));
    }

    /** Counts the observations that a model walks. */
    Counter steps(ServedModel model, Operation operation) {
        return meter(steps, model, operation, Tags.empty());
    }

    private synchronized <M extends Meter> M meter(
            Meter.MeterProvider<M> meters, ServedModel model, Operation operation, Tags more) {
        var version = new Version(model.name(), Integer.toString(model.version()));
        lastAsked.addLast(version);
        if (lastAsked.size() > MOST_VERSIONS) {
            forget(lastAsked.removeFirst());
        }
        return meters.withTags(version.tags()
                .and("operation", operation.name().toLowerCase(Locale.ROOT))
                .and("task", model.task().wireName())
                .and(more));
    }

    private void forget(Version version) {
        for (String name : List.of(DURATION, STEPS, TOKENS, FIRST_TOKEN)) {
            registry.find(name).tags(version.tags()).meters().forEach(registry::remove);
        }
    }
}
