package io.foretide.streaming;

import io.foretide.network.Score;
import io.foretide.registry.InferenceBuckets;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** What sessions do, and how well their forecasts do. */
@Component
final class SessionMetrics {
    private final MeterRegistry registry;
    private final Counter opened;

    SessionMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.opened = Counter.builder("foretide.sessions.opened")
                .description("Sessions that were opened, forks among them")
                .register(registry);
        for (SessionSource source : SessionSource.values()) {
            resumed(source, 0);
        }
        for (CloseReason reason : CloseReason.values()) {
            closed(reason, 0);
        }
    }

    void watch(Supplier<Number> live, Supplier<Number> stateBytes) {
        Gauge.builder("foretide.sessions.active", live)
                .description("Sessions in memory")
                .register(registry);
        Gauge.builder("foretide.session.state", stateBytes)
                .baseUnit("bytes")
                .description("States of the sessions in memory")
                .register(registry);
    }

    void opened() {
        opened.increment();
    }

    void resumed(SessionSource source) {
        resumed(source, 1);
    }

    private void resumed(SessionSource source, int count) {
        Counter.builder("foretide.sessions.resumed")
                .description("Sessions that came into memory from the store, or from another process")
                .tag("source", source.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment(count);
    }

    void closed(CloseReason reason) {
        closed(reason, 1);
    }

    private void closed(CloseReason reason, int count) {
        Counter.builder("foretide.sessions.closed")
                .description("Sessions that ended, or ended for this client")
                .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment(count);
    }

    /** Those of a version; its sessions' forecasts are scored by whoever steps them, one thread at a time. */
    OfVersion of(ServedForecaster version) {
        return new OfVersion(registry, version);
    }

    /** Those of a version whose sessions walk each by itself. */
    OfWalks ofWalks(ServedVersion version) {
        return new OfWalks(registry, version);
    }

    /** Those of a version that writes. */
    OfWriter ofWriter(ServedWriter version) {
        return new OfWriter(registry, version);
    }

    private static Tags tags(ServedVersion version) {
        return Tags.of("model", version.model().value(), "version", Integer.toString(version.number()));
    }

    private static Tags operation(ServedVersion version) {
        return tags(version).and("operation", "step", "task", version.task().wireName());
    }

    private static Timer durations(MeterRegistry registry, ServedVersion version) {
        return Timer.builder("foretide.inference.duration")
                .description("Time that a model took for all that a request sends, or for steps of sessions")
                .serviceLevelObjectives(InferenceBuckets.ofDurations())
                .tags(operation(version).and("outcome", "success"))
                .register(registry);
    }

    private static Timer queue(MeterRegistry registry, ServedVersion version) {
        return Timer.builder("foretide.inference.queue")
                .description("How long the observation of a batch waited that waited longest")
                .tags(tags(version))
                .register(registry);
    }

    private static DistributionSummary batches(MeterRegistry registry, ServedVersion version) {
        return DistributionSummary.builder("foretide.batch.size")
                .description("Sessions that were stepped together")
                .tags(tags(version))
                .register(registry);
    }

    private static Counter steps(MeterRegistry registry, ServedVersion version) {
        return Counter.builder("foretide.steps")
                .description("Observations that were walked")
                .tags(operation(version))
                .register(registry);
    }

    /** The meters of one version whose sessions walk each by itself. Any thread. */
    static final class OfWalks {
        private final MeterRegistry registry;
        private final Timer durations;
        private final Timer queue;
        private final Counter steps;

        private OfWalks(MeterRegistry registry, ServedVersion version) {
            this.registry = registry;
            this.durations = durations(registry, version);
            this.queue = queue(registry, version);
            this.steps = steps(registry, version);
        }

        void walked(long count, long start) {
            durations.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            steps.increment(count);
        }

        void waited(long nanos) {
            queue.record(nanos, TimeUnit.NANOSECONDS);
        }

        void forget() {
            List.<Meter>of(durations, queue, steps).forEach(registry::remove);
        }
    }

    /** The meters of one version that writes. */
    static final class OfWriter {
        private final MeterRegistry registry;
        private final OfWalks walks;
        private final DistributionSummary batches;
        private final Counter tokens;
        private final Timer firstTokens;

        private OfWriter(MeterRegistry registry, ServedWriter version) {
            this.registry = registry;
            this.walks = new OfWalks(registry, version);
            this.batches = batches(registry, version);
            this.tokens = Counter.builder("foretide.tokens")
                    .description("Tokens that were generated")
                    .tags(operation(version))
                    .register(registry);
            this.firstTokens = Timer.builder("foretide.time.to.first.token")
                    .description("Time until the first token of a continuation, the reading of its prompt included")
                    .serviceLevelObjectives(InferenceBuckets.ofDurations())
                    .tags(operation(version))
                    .register(registry);
        }

        void walked(long count, long start) {
            walks.walked(count, start);
        }

        void waited(long nanos) {
            walks.waited(nanos);
        }

        void generated(int sessions, long count, long start) {
            walks.walked(count, start);
            batches.record(sessions);
            tokens.increment(count);
        }

        void firstToken(long since) {
            firstTokens.record(System.nanoTime() - since, TimeUnit.NANOSECONDS);
        }

        void forget() {
            walks.forget();
            List.<Meter>of(batches, tokens, firstTokens).forEach(registry::remove);
        }
    }

    /** The meters of one version. */
    static final class OfVersion {
        /** A mean over about so many observations. */
        private static final double RATE = 1.0 / 1000;

        private final MeterRegistry registry;
        private final Timer durations;
        private final Timer queue;
        private final DistributionSummary batches;
        private final Counter steps;
        private final List<Meter> all;

        private volatile double inside80 = Double.NaN;
        private volatile double inside99 = Double.NaN;
        private volatile double error = Double.NaN;
        private volatile double magnitude = Double.NaN;

        /** Only for whoever steps. */
        private long scored;

        private OfVersion(MeterRegistry registry, ServedForecaster version) {
            this.registry = registry;
            Tags tags = tags(version);
            this.durations = durations(registry, version);
            this.queue = queue(registry, version);
            this.batches = batches(registry, version);
            this.steps = steps(registry, version);
            Gauge coverage80 = coverage("0.8", tags, () -> inside80);
            Gauge coverage99 = coverage("0.99", tags, () -> inside99);
            Gauge scaled = Gauge.builder("foretide.forecast.scaled.error", () -> error / magnitude)
                    .description(
                            "Mean absolute error of forecasts of one step, relative to the mean absolute observation")
                    .tags(tags)
                    .register(registry);
            this.all = List.of(durations, queue, batches, steps, coverage80, coverage99, scaled);
        }

        private Gauge coverage(String level, Tags tags, Supplier<Number> share) {
            return Gauge.builder("foretide.forecast.coverage.ratio", share)
                    .description("Share of observations inside the interval that was forecast for them, of late")
                    .tags(tags.and("level", level))
                    .register(registry);
        }

        void stepped(int count, long start) {
            durations.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            batches.record(count);
            steps.increment(count);
        }

        void waited(long nanos) {
            queue.record(nanos, TimeUnit.NANOSECONDS);
        }

        void scored(double observation, Score score) {
            scored++;
            double rate = Math.max(RATE, 1.0 / scored);
            inside80 = moved(inside80, score.inside() ? 1 : 0, rate);
            inside99 = moved(inside99, score.anomaly() ? 0 : 1, rate);
            error = moved(error, Math.abs(observation - score.expected()), rate);
            magnitude = moved(magnitude, Math.abs(observation), rate);
        }

        private static double moved(double mean, double value, double rate) {
            return Double.isNaN(mean) ? value : mean + rate * (value - mean);
        }

        void forget() {
            all.forEach(registry::remove);
        }
    }
}
