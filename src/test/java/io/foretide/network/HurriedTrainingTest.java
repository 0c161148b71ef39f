package io.foretide.network;

import static io.foretide.network.TestNetworks.LEVELS;
import static io.foretide.network.TestNetworks.forecast;
import static io.foretide.network.TestNetworks.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.foretide.series.TimeSeries;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** Trainings whose time to prepare is over at a question of their own choice, whatever the clock says. */
class HurriedTrainingTest {
    private static final List<TimeSeries> SERIES = series(60, 60, step -> 50 + 10 * Math.sin(step / 3.0));

    /** Is out of time from one question on, which counts from 1. */
    private static class Hurry implements TrainingMonitor {
        private final int last;
        int questions;

        Hurry(int last) {
            this.last = last;
        }

        @Override
        public boolean outOfTimeToPrepare() {
            return ++questions >= last;
        }
    }

    private static TrainedNetwork train(TrainingMonitor monitor) {
        var network = new NetworkOptions(null, 4, null, null, null, null, null);
        var training = new TrainingOptions(1, 16, null, null, null, null, null, null, null, null, null);
        return new NetworkTrainer(TrainingResources.OF_THIS_MACHINE)
                .train(SERIES, forecast(4), network, training, monitor);
    }

    private static int questions() {
        var patient = new Hurry(Integer.MAX_VALUE);
        train(patient);
        return patient.questions;
    }

    @Test
    void forecastsWhereverTheTimeToPrepareWasOver() {
        int questions = questions();

        assertThat(questions).as("while it fits, and before the first step").isGreaterThan(2);
        for (int last = 1; last <= questions; last++) {
            TrainedNetwork trained = train(new Hurry(last));

            double[] mean = trained.predictor()
                    .predict(SERIES.getFirst().target(), 4, LEVELS)
                    .mean();
            assertThat(Arrays.stream(mean))
                    .as("out of time at question %d", last)
                    .allMatch(v -> v > 20 && v < 80);
        }
    }

    @Test
    void takesASmallerFirstStepWhereTheTimeToPrepareIsOver() {
        byte[] whole = train(TrainingMonitor.SILENT).artifact();

        assertThat(train(new Hurry(questions())).artifact()).isNotEqualTo(whole);
    }

    @Test
    void isTheSameTrainingWhereThereIsTime() {
        byte[] whole = train(TrainingMonitor.SILENT).artifact();

        assertThat(train(new Hurry(Integer.MAX_VALUE)).artifact()).isEqualTo(whole);
    }

    @Test
    void endsAtWhateverQuestionItIsCancelled() {
        int questions = questions();

        for (int last = 1; last <= questions; last++) {
            var cancelled = new Hurry(last) {
                @Override
                public boolean outOfTimeToPrepare() {
                    if (super.outOfTimeToPrepare()) {
                        throw new CancellationException();
                    }
                    return false;
                }
            };

            assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> train(cancelled));
            assertThat(cancelled.questions).isEqualTo(last);
        }
    }

    @Test
    void beginsAnewWhereItsCheckpointBelongsToTheSmoothingOfMoreSeries() {
        var kept = new InterruptedTraining(2).from(InterruptedTraining.checkpointOf(HurriedTrainingTest::train));

        train(new Hurry(1) {
            @Override
            public Checkpoints checkpoints() {
                return kept;
            }
        });

        assertThat(kept.refusals).hasSize(1);
    }
}
