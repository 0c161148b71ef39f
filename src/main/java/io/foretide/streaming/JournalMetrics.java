package io.foretide.streaming;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** The meters of the journal. */
@Component
final class JournalMetrics {
    static final String ROUND_DURATION = "foretide.session.commit.duration";
    static final String WAITING = "foretide.session.waiting";
    static final String LOGGED = "foretide.session.log";

    private final MeterRegistry meters;

    JournalMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Times one attempt to write what waits. */
    <T> T time(Supplier<T> attempt) {
        Timer.Sample sample = Timer.start(meters);
        String outcome = "failure";
        try {
            T result = attempt.get();
            outcome = "success";
            return result;
        } finally {
            sample.stop(Timer.builder(ROUND_DURATION)
                    .description("Time to make durable what waited")
                    .tag("outcome", outcome)
                    .minimumExpectedValue(Duration.ofMillis(1))
                    .maximumExpectedValue(Duration.ofSeconds(10))
                    .publishPercentileHistogram()
                    .register(meters));
        }
    }

    void watch(AtomicLong waiting, AtomicLong logged) {
        Gauge.builder(WAITING, waiting, AtomicLong::doubleValue)
                .description("What waits to be made durable")
                .baseUnit("bytes")
                .register(meters);
        Gauge.builder(LOGGED, logged, AtomicLong::doubleValue)
                .description("Observations in the log of this process, behind what is written of their sessions")
                .baseUnit("bytes")
                .register(meters);
    }
}
