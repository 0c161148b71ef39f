package io.foretide.network;

import static io.foretide.network.TestNetworks.forecast;
import static io.foretide.network.TestNetworks.series;
import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.series.TimeSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A training that goes on from a checkpoint ends as one that was never interrupted, to the byte. */
class CheckpointTest {
    private static final NetworkOptions DROPOUT = new NetworkOptions(null, 4, 2, null, 0.3, null, null);

    /** Patience that ends a training is rare: a rate that is far too high makes sure of it. */
    private static final double HIGH_RATE = 0.5;

    static Stream<Arguments> trainings() {
        List<Arguments> trainings = new ArrayList<>();
        var random = new Random(5);
        for (CellType cell : CellType.values()) {
            for (Optimizer optimizer : Optimizer.values()) {
                var network = new NetworkOptions(
                        cell, 4, 1 + random.nextInt(3), null, random.nextInt(2) * 0.4, null, 1 + trainings.size() % 3);
                Double rate = trainings.size() % 2 == 0 ? null : 0.01; // a rate that is left open decays
                Double decay = random.nextBoolean() ? null : 0.01;
                Double split = random.nextBoolean() ? null : 0.0;
                var options = new TrainingOptions(3, 4, rate, optimizer, null, null, decay, null, split, 7L, null);
                trainings.add(Arguments.of(network, options));
            }
        }
        return trainings.stream();
    }

    private static List<TimeSeries> waves() {
        return series(3, 60, step -> 50 + 10 * Math.sin(step / 3.0) + step % 7);
    }

    private static Function<TrainingMonitor, TrainedNetwork> training(NetworkOptions network, TrainingOptions options) {
        return monitor -> new NetworkTrainer(TrainingResources.OF_THIS_MACHINE)
                .train(waves(), forecast(4), network, options, monitor);
    }

    private static Function<TrainingMonitor, TrainedNetwork> seeded(long seed) {
        return training(DROPOUT, new TrainingOptions(2, 4, null, null, null, null, null, null, null, seed, null));
    }

    @ParameterizedTest
    @MethodSource("trainings")
    void goesOnFromAnyStepAsIfItHadNeverStopped(NetworkOptions network, TrainingOptions options) {
        Function<TrainingMonitor, TrainedNetwork> training = training(network, options);
        TrainedNetwork uninterrupted = training.apply(TrainingMonitor.SILENT);

        var interrupted = new InterruptedTraining(options.hashCode());
        TrainedNetwork resumed = interrupted.finish(training);

        assertThat(interrupted.resumptions).isPositive();
        assertEqual(resumed, uninterrupted);
        assertThat(interrupted.heard).isEqualTo(uninterrupted.losses());
    }

    @Test
    void stopsForPatienceInTheSameEpoch() {
        var impatient = new TrainingOptions(30, 4, HIGH_RATE, null, null, null, null, 2, null, 3L, null);
        Function<TrainingMonitor, TrainedNetwork> training = training(DROPOUT, impatient);
        TrainedNetwork uninterrupted = training.apply(TrainingMonitor.SILENT);

        var interrupted = new InterruptedTraining(4);
        TrainedNetwork resumed = interrupted.finish(training);

        assertThat(uninterrupted.stoppedBy()).isEqualTo(StopReason.PATIENCE);
        assertThat(interrupted.resumptions).isPositive();
        assertEqual(resumed, uninterrupted);
    }

    @Test
    void goesOnInALaterMemberWithThoseThatAreDone() {
        var three = new NetworkOptions(null, 4, 2, null, 0.3, null, 3);
        var impatient = new TrainingOptions(30, 4, HIGH_RATE, null, null, null, null, 2, null, 3L, null);
        Function<TrainingMonitor, TrainedNetwork> training = training(three, impatient);
        TrainedNetwork uninterrupted = training.apply(TrainingMonitor.SILENT);

        var interrupted = new InterruptedTraining(5);
        TrainedNetwork resumed = interrupted.finish(training);

        assertThat(interrupted.resumedIn)
                .isGreaterThan(uninterrupted.members().get(1).lastEpoch());
        assertEqual(resumed, uninterrupted);
        assertThat(interrupted.heard).isEqualTo(uninterrupted.losses());
    }

    @Test
    void takesNoFurtherStepWhereTheTrainingWasDone() {
        var options = new TrainingOptions(2, 4, null, null, null, null, null, null, null, 8L, null);
        var squared = new ForecastOptions(4, null, null, null, Loss.SQUARED, null, null);
        Function<TrainingMonitor, TrainedNetwork> training =
                monitor -> new NetworkTrainer(TrainingResources.OF_THIS_MACHINE)
                        .train(waves(), squared, DROPOUT, options, monitor);
        var first = new InterruptedTraining(8);
        TrainedNetwork done = first.finish(training);

        int interruptions = first.interruptions;
        TrainedNetwork again = first.finish(training);

        assertThat(first.interruptions).isEqualTo(interruptions);
        assertEqual(again, done);
        assertThat(first.heard).isEqualTo(done.losses());
    }

    @Test
    void endsWithWhatItHasWhereTheTimeIsUpWhenItGoesOn() {
        Function<TrainingMonitor, TrainedNetwork> training = seeded(1);
        var interrupted = new InterruptedTraining(2).from(InterruptedTraining.checkpointOf(training));
        var hurried = new TrainingMonitor() {
            @Override
            public boolean outOfTime() {
                return true;
            }

            @Override
            public Checkpoints checkpoints() {
                return interrupted;
            }
        };

        TrainedNetwork trained = training.apply(hurried);

        EpochLoss whole = training.apply(TrainingMonitor.SILENT).losses().get(interrupted.resumedIn - 1);
        assertThat(trained.stoppedBy()).isEqualTo(StopReason.TIME);
        assertThat(trained.losses()).hasSize(interrupted.resumedIn);
        assertThat(trained.losses().getLast().trainLoss())
                .as("of the batches that were done")
                .isNotEqualTo(whole.trainLoss());
    }

    @Test
    void hasAnotherFormatWheneverTrainingsComputeSomethingElse() {
        TrainedNetwork trained = seeded(1).apply(TrainingMonitor.SILENT);

        assertThat(trained.losses())
                .extracting(EpochLoss::trainLoss)
                .as("Trainings have changed: raise CheckpointFormat.FORMAT, and put the new losses here.")
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-4 ? 0 : 1)
                .containsExactly(0.66040018, 0.56488248);
        assertThat(CheckpointFormat.FORMAT).isEqualTo(7);
    }

    private static void assertEqual(TrainedNetwork actual, TrainedNetwork expected) {
        assertThat(actual.artifact()).isEqualTo(expected.artifact());
        assertThat(actual.losses()).isEqualTo(expected.losses());
        assertThat(actual.members()).isEqualTo(expected.members());
        assertThat(actual.stoppedBy()).isEqualTo(expected.stoppedBy());
    }

    @Test
    void trainingsAtTheSameTimeDoNotDisturbEachOther() {
        byte[] first = seeded(1).apply(TrainingMonitor.SILENT).artifact();
        byte[] second = seeded(2).apply(TrainingMonitor.SILENT).artifact();

        var besideSecond = CompletableFuture.supplyAsync(() -> seeded(1).apply(TrainingMonitor.SILENT));
        var besideFirst = CompletableFuture.supplyAsync(() -> seeded(2).apply(TrainingMonitor.SILENT));

        assertThat(besideSecond.join().artifact()).isEqualTo(first);
        assertThat(besideFirst.join().artifact()).isEqualTo(second);
    }

    @Test
    void beginsAnewFromBytesThatAreNotThoseThatWereWritten() {
        byte[] checkpoint = InterruptedTraining.checkpointOf(seeded(1));
        byte[] uninterrupted = seeded(1).apply(TrainingMonitor.SILENT).artifact();
        var random = new Random(6);
        byte[] flipped = checkpoint.clone();
        flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));

        for (byte[] bytes : List.of(
                flipped,
                new byte[0],
                Arrays.copyOf(checkpoint, random.nextInt(checkpoint.length)),
                Arrays.copyOf(checkpoint, checkpoint.length + 1))) {
            var interrupted = new InterruptedTraining(9).from(bytes);
            TrainedNetwork trained = interrupted.finish(seeded(1));

            assertThat(interrupted.refusals).isNotEmpty();
            assertThat(trained.artifact()).isEqualTo(uninterrupted);
        }
    }

    @Test
    void refusesEveryFlippedOrMissingByte() {
        byte[] checkpoint = InterruptedTraining.checkpointOf(seeded(1));
        var fingerprint = TrainingFingerprint.of(
                Arrays.copyOfRange(checkpoint, 2 * Integer.BYTES, 2 * Integer.BYTES + TrainingFingerprint.BYTES));

        assertThat(isReadable(checkpoint, fingerprint)).isTrue();
        for (int at = 0; at < checkpoint.length; at += at < 200 ? 1 : 97) {
            byte[] flipped = checkpoint.clone();
            flipped[at] ^= (byte) 0x80;

            assertThat(isReadable(flipped, fingerprint)).as("flipped at %d", at).isFalse();
            assertThat(isReadable(Arrays.copyOf(checkpoint, at), fingerprint))
                    .as("cut at %d", at)
                    .isFalse();
        }
    }

    private static boolean isReadable(byte[] bytes, TrainingFingerprint fingerprint) {
        try {
            CheckpointFormat.read(new java.io.ByteArrayInputStream(bytes), fingerprint);
            return true;
        } catch (UnusableCheckpointException e) {
            return false;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void beginsAnewFromTheCheckpointOfAnotherReleaseOrAnotherTraining() {
        byte[] older = InterruptedTraining.checkpointOf(seeded(1));
        older[7]--;
        byte[] foreign = InterruptedTraining.checkpointOf(seeded(2));
        byte[] uninterrupted = seeded(1).apply(TrainingMonitor.SILENT).artifact();

        var fromOlder = new InterruptedTraining(1).from(older);
        var fromForeign = new InterruptedTraining(1).from(foreign);

        assertThat(fromOlder.finish(seeded(1)).artifact()).isEqualTo(uninterrupted);
        assertThat(fromOlder.refusals.getFirst()).contains("format " + (CheckpointFormat.FORMAT - 1));
        assertThat(fromForeign.finish(seeded(1)).artifact()).isEqualTo(uninterrupted);
        assertThat(fromForeign.refusals.getFirst()).contains("other data, settings or seed");
    }
}
