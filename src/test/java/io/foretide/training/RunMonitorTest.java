package io.foretide.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.foretide.network.EpochLoss;
import io.foretide.training.RunMonitor.Interruption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class RunMonitorTest extends TrainingTestBase {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Autowired
    JobTransitions transitions;

    @Autowired
    RunServices services;

    @Autowired
    TrainingProperties properties;

    private final SetClock clock = new SetClock();
    private String id = "";
    private boolean stopping;

    private RunMonitor monitor;

    @BeforeEach
    void beginRun() {
        queue.stop();
        id = submit("watched");
        Claim claim = transitions.begin(transitions.lastClaim(id).orElseThrow()).orElseThrow();
        monitor = monitor(claim);
    }

    private RunMonitor monitor(Claim claim) {
        var services = new RunServices(
                this.services.transitions(), this.services.checkpoints(), this.services.metrics(), properties, clock);
        return new RunMonitor(claim, services, () -> stopping);
    }

    @Test
    void estimatesFromTheEpochsSoFar() {
        monitor.startTraining(null, _ -> 0);
        clock.advance(SECOND.multipliedBy(10));
        monitor.epochFinished(new EpochLoss(2, 0.5, 0.6), 10);

        Progress progress = jobs.get(id).progress();

        assertThat(progress.remaining()).isEqualTo(Duration.ofSeconds(40));
        assertThat(progress.percent()).isEqualTo(20);
        assertThat(progress.validationLoss()).isEqualTo(0.6);
    }

    @Test
    void runsOutOfTimeOverAllRunsOfTheJob() {
        monitor = monitor(new Claim(id, AIR, 1, 1, 1, Duration.ofSeconds(50)));
        monitor.startTraining(Duration.ofMinutes(1), _ -> 0);

        clock.advance(SECOND.multipliedBy(9));
        boolean before = monitor.outOfTime();
        clock.advance(SECOND.multipliedBy(2));
        boolean after = monitor.outOfTime();

        assertThat(before).isFalse();
        assertThat(after).isTrue();
        assertThat(monitor.cancelled()).as("it ends with what it has").isFalse();
    }

    @Test
    void leavesMostOfTheLimitToWhatComesAfterPreparing() {
        monitor.startTraining(Duration.ofMinutes(1), _ -> 0);

        clock.advance(SECOND.multipliedBy(18));
        boolean before = monitor.outOfTimeToPrepare();
        boolean actedBefore = monitor.timeActed();
        clock.advance(SECOND);

        assertThat(before).isFalse();
        assertThat(actedBefore).isFalse();
        assertThat(monitor.outOfTimeToPrepare()).isTrue();
        assertThat(monitor.timeActed()).isTrue();
        assertThat(monitor.outOfTime()).as("there is time left to train").isFalse();
    }

    @Test
    void preparesAsLongAsItTakesWithoutALimit() {
        monitor.startTraining(null, _ -> 0);
        clock.advance(Duration.ofMinutes(30));

        assertThat(monitor.outOfTimeToPrepare()).isFalse();
    }

    @Test
    void preparesNoFurtherOnceTheJobWasCancelled() {
        monitor.startTraining(null, _ -> 0);
        jobs.cancel(id);
        clock.advance(SECOND);

        assertThatExceptionOfType(CancellationException.class).isThrownBy(monitor::outOfTimeToPrepare);
    }

    @Test
    void endsWhatRunsLongerThanAnyJobMay() {
        monitor.startTraining(null, _ -> 0);
        clock.advance(properties.timeout().plus(SECOND));

        assertThat(monitor.cancelled()).isTrue();
        assertThat(monitor.interruption()).contains(Interruption.TIMEOUT);
    }

    @Test
    void noticesThatTheJobWasCancelled() {
        monitor.startTraining(null, _ -> 0);
        assertThat(monitor.cancelled()).isFalse();

        jobs.cancel(id);
        clock.advance(SECOND);

        assertThat(monitor.cancelled()).isTrue();
        assertThat(monitor.interruption()).contains(Interruption.CLAIM_LOST);
        assertThatExceptionOfType(CancellationException.class).isThrownBy(monitor::requireUninterrupted);
    }

    @Test
    void noticesAtOnceThatTheProcessStops() {
        stopping = true;

        assertThat(monitor.cancelled()).isTrue();
        assertThat(monitor.interruption()).contains(Interruption.STOPPING);
    }

    @Test
    void writesLossesWhoseTurnHadNotComeYet() {
        monitor.startTraining(null, _ -> 0);
        monitor.epochFinished(new EpochLoss(1, 0.5, null), 10);
        assertThat(table.lastLosses(id, 10)).isEmpty();

        clock.advance(SECOND);
        monitor.cancelled();

        assertThat(table.lastLosses(id, 10)).containsExactly(new EpochLoss(1, 0.5, null));
    }

    @Test
    void showsTheEpochsOfEarlierRunsOnce() {
        monitor.startTraining(null, _ -> 0);
        monitor.resumed(List.of(new EpochLoss(1, 0.9, 1.0), new EpochLoss(2, 0.8, 0.9)), 6);
        Progress resumed = jobs.get(id).progress();

        clock.advance(SECOND.multipliedBy(5));
        monitor.epochFinished(new EpochLoss(3, 0.7, 0.8), 6);

        assertThat(resumed.epoch()).isEqualTo(2);
        assertThat(resumed.epochs()).isEqualTo(6);
        assertThat(resumed.validationLoss()).isEqualTo(0.9);
        assertThat(table.lastLosses(id, 10)).extracting(EpochLoss::epoch).containsExactly(1, 2, 3);
        assertThat(jobs.get(id).progress().remaining())
                .as("five seconds for each of three")
                .isEqualTo(SECOND.multipliedBy(15));
    }
}
