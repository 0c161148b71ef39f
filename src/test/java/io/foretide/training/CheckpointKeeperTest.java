package io.foretide.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.network.Checkpoint;
import io.foretide.network.Checkpoints;
import io.foretide.network.EpochLoss;
import io.foretide.network.ForecastOptions;
import io.foretide.network.NetworkOptions;
import io.foretide.network.NetworkTrainer;
import io.foretide.network.StopReason;
import io.foretide.network.TrainedNetwork;
import io.foretide.network.TrainingMonitor;
import io.foretide.network.TrainingOptions;
import io.foretide.network.TrainingResources;
import io.foretide.registry.Task;
import io.foretide.storage.Blobs;
import io.foretide.storage.TestDatabase;
import io.foretide.training.JobTable.NewJob;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a run keeps a checkpoint. */
class CheckpointKeeperTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String ID = "kept";

    private final TestDatabase database = TestDatabase.inMemory();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SetClock clock = new SetClock();
    private boolean stopping;
    private RunMonitor monitor;
    private CheckpointKeeper keeper;

    @BeforeEach
    void beginRun() {
        begin(1 << 22);
    }

    /** With room for checkpoints of so many bytes. */
    private void begin(long maxBlobSize) {
        var blobs = new Blobs(database.client(), database.transactions(), maxBlobSize);
        var checkpoints = new JobCheckpoints(database.client(), database.transactions(), blobs, clock);
        var transitions = new JobTransitions(database.client(), database.transactions(), blobs, checkpoints, clock);
        var jobs = new JobTable(database.client());
        if (jobs.find(ID).isEmpty()) {
            var input = new JobInput("{}", blobs.store(new ByteArrayInputStream(new byte[10])), "sha", "print", "{}");
            jobs.insert(new NewJob(ID, TrainingTestBase.AIR, Task.FORECAST, Instant.EPOCH, input, null));
        }
        var limits = new TrainingProperties(
                1, null, null, 3, 3, 50, HOUR, HOUR, HOUR, INTERVAL, HOUR, HOUR, 10, 1, HOUR, 1, HOUR);
        var metrics = new TrainingMetrics(meters, jobs, clock);
        Claim claim = transitions.begin(transitions.lastClaim(ID).orElseThrow()).orElseThrow();
        monitor = new RunMonitor(
                claim, new RunServices(transitions, checkpoints, metrics, limits, clock), () -> stopping);
        keeper = monitor.checkpoints();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static Checkpoint done() {
        Checkpoint underway = JobCheckpointsTest.checkpoint(2);
        var member = new Checkpoint.Member(Objects.requireNonNull(underway.best()), 1);
        return new Checkpoint(
                underway.training(), new Checkpoint.Done(StopReason.EPOCHS), List.of(member), null, underway.losses());
    }

    private int epochOfTheLast() {
        return database.client()
                .sql("select epoch from training_checkpoint")
                .query(Integer.class)
                .optional()
                .orElse(0);
    }

    @Test
    void keepsOneAnInterval() {
        clock.advance(INTERVAL.minus(SECOND));
        boolean early = keeper.due();
        clock.advance(SECOND);
        boolean inTime = keeper.due();
        keeper.keep(JobCheckpointsTest.checkpoint(2));

        assertThat(early).isFalse();
        assertThat(inTime).isTrue();
        assertThat(keeper.due()).isFalse();
        assertThat(epochOfTheLast()).isEqualTo(2);
        assertThat(meters.get(TrainingMetrics.CHECKPOINT_SIZE).summary().max()).isGreaterThan(400_000 * Float.BYTES);
        assertThat(meters.get(TrainingMetrics.CHECKPOINT_DURATION)
                        .tag("outcome", "success")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void trainsLongerAfterOneThatTookLongToWrite() {
        clock.advanceWithEachLook(SECOND);
        keeper.keep(JobCheckpointsTest.checkpoint(2));
        clock.advanceWithEachLook(Duration.ZERO);

        clock.advance(INTERVAL.multipliedBy(2));
        boolean afterAnInterval = keeper.due();
        clock.advance(Duration.ofMinutes(2));

        assertThat(afterAnInterval).isFalse();
        assertThat(keeper.due()).isTrue();
    }

    @Test
    void keepsALastOneWhenTheProcessStops() {
        stopping = true;

        assertThat(keeper.due()).isTrue();
    }

    @Test
    void beginsNoWritingThatWouldBeInterrupted() {
        stopping = true;
        Thread.currentThread().interrupt();

        boolean due = keeper.due();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(due).isFalse();
    }

    @Test
    void keepsNoneAndEndsTheRunWhereAnotherRunHasTheJob() {
        CheckpointKeeper late = keeper;
        RunMonitor lateMonitor = monitor;
        begin(1 << 22);

        late.keep(JobCheckpointsTest.checkpoint(2));
        clock.advance(INTERVAL);

        assertThat(epochOfTheLast()).isZero();
        assertThat(lateMonitor.cancelled()).isTrue();
        assertThat(late.due()).isFalse();
    }

    @Test
    void keepsTheFinishedNetworkOfATrainingThatTookLong() {
        boolean ofAShortOne = keeper.dueWhenDone();
        clock.advance(INTERVAL);
        boolean ofALongOne = keeper.dueWhenDone();
        keeper.keep(done());

        assertThat(ofAShortOne).isFalse();
        assertThat(ofALongOne).isTrue();
        assertThat(epochOfTheLast()).isEqualTo(1);
    }

    @Test
    void doesNotTrainAgainWhatWasTrainedWhenTheProcessDied() {
        TrainedNetwork first = train(new Ticking(monitor, INTERVAL));
        begin(1 << 22);

        TrainedNetwork second = train(new Ticking(monitor, INTERVAL) {
            @Override
            public boolean cancelled() {
                throw new AssertionError("no step may be taken");
            }
        });

        assertThat(second.artifact()).isEqualTo(first.artifact());
    }

    /** Lets time pass before each step. */
    private class Ticking implements TrainingMonitor {
        private final RunMonitor run;
        private final Duration eachStep;

        Ticking(RunMonitor run, Duration eachStep) {
            this.run = run;
            this.eachStep = eachStep;
        }

        @Override
        public void epochFinished(EpochLoss loss, int epochs) {
            run.epochFinished(loss, epochs);
        }

        @Override
        public boolean cancelled() {
            clock.advance(eachStep);
            return false;
        }

        @Override
        public Checkpoints checkpoints() {
            return run.checkpoints();
        }
    }

    private static TrainedNetwork train(TrainingMonitor monitor) {
        return new NetworkTrainer(TrainingResources.OF_THIS_MACHINE)
                .train(
                        TrainingTestBase.series(),
                        new ForecastOptions(2, 6, null, null, null, null, null),
                        new NetworkOptions(null, 4, null, null, null, null, null),
                        new TrainingOptions(2, 4, null, null, null, null, null, null, null, null, null),
                        monitor);
    }

    @Test
    void goesOnWhereACheckpointCannotBeWritten() {
        begin(1000);

        keeper.keep(JobCheckpointsTest.checkpoint(2));

        assertThat(epochOfTheLast()).isZero();
        assertThat(monitor.cancelled()).isFalse();
        assertThat(meters.get(TrainingMetrics.CHECKPOINT_DURATION)
                        .tag("outcome", "failure")
                        .timer()
                        .count())
                .isEqualTo(1);
    }
}
