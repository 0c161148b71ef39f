package io.foretide.training;

import io.foretide.network.NetworkTrainer;
import io.foretide.registry.ModelName;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** The meters of the training queue. */
@Component
final class TrainingMetrics {
    static final String JOBS = "foretide.training.jobs";
    static final String DURATION = "foretide.training.duration";
    static final String LOSS = "foretide.training.loss";
    static final String CHECKPOINT_DURATION = "foretide.training.checkpoint.duration";
    static final String CHECKPOINT_SIZE = "foretide.training.checkpoint.size";
    static final String LISTENERS = "foretide.training.listeners";
    static final String NATIVE_MEMORY = "foretide.native.memory";

    /** One label value each: the models that were trained last. */
    private static final int MOST_MODELS = 100;

    private static final Duration COUNT_AGE = Duration.ofSeconds(1);
    private static final Duration[] BUCKETS = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        Duration.ofMinutes(10),
        Duration.ofHours(1)
    };

    private final MeterRegistry meters;
    private final JobTable jobs;
    private final Clock clock;
    private final Map<ModelName, Loss> losses = new LinkedHashMap<>();
    private Map<JobState, Integer> counts = Map.of();
    private Instant counted = Instant.MIN;

    private record Loss(double[] last, Meter meter) {}

    TrainingMetrics(MeterRegistry meters, JobTable jobs, Clock clock) {
        this.meters = meters;
        this.jobs = jobs;
        this.clock = clock;
        Gauge.builder(NATIVE_MEMORY, NetworkTrainer::nativeMemory)
                .description("Memory outside the heap that networks of Deeplearning4j take while they are initialised")
                .baseUnit("bytes")
                .register(meters);
        for (JobState state : JobState.values()) {
            Gauge.builder(JOBS, () -> count(state))
                    .description("Jobs that are kept, by state")
                    .tag("state", state.wireName())
                    .register(meters);
        }
    }

    private synchronized int count(JobState state) {
        Instant now = clock.instant();
        // A scrape asks for every state: one query answers them all.
        if (!now.isBefore(counted) && now.minus(COUNT_AGE).isBefore(counted)) {
            return counts.getOrDefault(state, 0);
        }
        counts = jobs.countByState();
        counted = now;
        return counts.getOrDefault(state, 0);
    }

    /** Shows how many clients follow jobs. */
    void showListeners(AtomicInteger listeners) {
        Gauge.builder(LISTENERS, listeners, AtomicInteger::get)
                .description("Clients that follow events of jobs")
                .register(meters);
    }

    /** Counts and times the end of a run: of its job, or only of the run where the job goes on elsewhere. */
    void ended(String outcome, Duration spent) {
        Timer.builder(DURATION)
                .description("Time of one training job, over all its runs")
                .tag("outcome", outcome)
                .serviceLevelObjectives(BUCKETS)
                .register(meters)
                .record(spent);
    }

    /** Counts and times the writing of a checkpoint. */
    void keptCheckpoint(String outcome, Duration writing) {
        Timer.builder(CHECKPOINT_DURATION)
                .description("Time to write one checkpoint of a training")
                .tag("outcome", outcome)
                .register(meters)
                .record(writing);
    }

    void checkpointSize(long bytes) {
        DistributionSummary.builder(CHECKPOINT_SIZE)
                .description("Size of a checkpoint of a training")
                .baseUnit("bytes")
                .register(meters)
                .record(bytes);
    }

    /** Keeps the last loss of a model's training. */
    synchronized void trained(ModelName model, double loss) {
        Loss present = losses.remove(model);
        Loss renewed = present == null ? newLoss(model) : present;
        renewed.last()[0] = loss;
        losses.put(model, renewed);
        if (losses.size() > MOST_MODELS) {
            ModelName oldest = losses.keySet().iterator().next();
            Loss dropped = losses.remove(oldest);
            if (dropped != null) {
                meters.remove(dropped.meter());
            }
        }
    }

    private Loss newLoss(ModelName model) {
        double[] last = new double[1];
        Meter meter = Gauge.builder(LOSS, last, value -> value[0])
                .description("Loss of the last epoch on the data that trains, of the models trained last")
                .tag("model", model.value())
                .strongReference(true)
                .register(meters);
        return new Loss(last, meter);
    }
}
