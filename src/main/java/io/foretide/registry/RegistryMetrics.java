package io.foretide.registry;

import com.github.benmanes.caffeine.cache.Cache;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** The meters of the registry. */
@Component
final class RegistryMetrics {
    static final String LOAD_DURATION = "foretide.model.load.duration";
    static final String IMPORTS = "foretide.model.imports";
    static final String LOADED = "foretide.models.loaded";

    private final MeterRegistry meters;

    RegistryMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Times one load, told apart by whether it succeeded. */
    <T> T load(Supplier<T> load) {
        Timer.Sample sample = Timer.start(meters);
        String outcome = "failure";
        try {
            T loaded = load.get();
            outcome = "success";
            return loaded;
        } finally {
            sample.stop(Timer.builder(LOAD_DURATION)
                    .description("Time to read, verify and build the predictor of a version")
                    .tag("outcome", outcome)
                    .minimumExpectedValue(Duration.ofMillis(1))
                    .maximumExpectedValue(Duration.ofMinutes(1))
                    .publishPercentileHistogram()
                    .register(meters));
        }
    }

    /** Counts one import by what became of it. */
    void imported(Imports.Outcome outcome) {
        Counter.builder(IMPORTS)
                .description("Artifacts that were sent to become versions")
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(meters)
                .increment();
    }

    void watch(Cache<?, ?> predictors) {
        Gauge.builder(LOADED, predictors, Cache::estimatedSize)
                .description("Predictors in memory")
                .register(meters);
    }
}
