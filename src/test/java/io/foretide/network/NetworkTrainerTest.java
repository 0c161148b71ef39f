package io.foretide.network;

import static io.foretide.network.TestNetworks.LEVELS;
import static io.foretide.network.TestNetworks.forecast;
import static io.foretide.network.TestNetworks.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.series.Forecast;
import io.foretide.series.TimeSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkTrainerTest {
    private static final NetworkOptions SMALL = new NetworkOptions(null, 6, null, null, null, null, null);

    private static TrainingOptions epochs(int epochs) {
        return training(epochs, null, null);
    }

    private static TrainingOptions training(int epochs, @Nullable Optimizer optimizer, @Nullable Double rate) {
        return new TrainingOptions(epochs, 4, rate, optimizer, null, null, null, null, null, null, null);
    }

    /** Counts from 0 to 5 without a pattern. */
    private static double counts(int step) {
        return Math.floorMod((step * 0x9E3779B9) >>> 9, 6);
    }

    @Test
    void theSameDataSettingsAndSeedGiveTheSameArtifact() {
        List<TimeSeries> series = series(3, 60, step -> 50 + 10 * Math.sin(step / 3.0));
        var dropout = new NetworkOptions(null, 6, 2, null, 0.3, null, null);

        byte[] first = new NetworkTrainer(TrainingResources.OF_THIS_MACHINE)
                .train(series, forecast(4), dropout, epochs(2), TrainingMonitor.SILENT)
                .artifact();
        byte[] second = new NetworkTrainer(TrainingResources.OF_THIS_MACHINE)
                .train(series, forecast(4), dropout, epochs(2), TrainingMonitor.SILENT)
                .artifact();

        assertThat(second).isEqualTo(first);
    }

    @Test
    void theArtifactDoesNotDependOnTheNumberOfThreads() {
        List<TimeSeries> series = series(3, 60, step -> 50 + 10 * Math.sin(step / 3.0));
        var network = new NetworkOptions(null, 6, 2, null, 0.3, null, null);
        var training = new TrainingOptions(2, 80, null, null, null, null, null, null, null, null, null);

        List<byte[]> artifacts = Stream.of(1, 2, 7)
                .map(threads -> new NetworkTrainer(new TrainingResources(threads, Long.MAX_VALUE))
                        .train(series, forecast(4), network, training, TrainingMonitor.SILENT)
                        .artifact())
                .toList();

        assertThat(artifacts).allMatch(artifact -> Arrays.equals(artifact, artifacts.getFirst()));
    }

    @Test
    void refusesATrainingThatWouldTakeMoreMemoryThanItMay() {
        List<TimeSeries> series = series(2, 60, step -> step);
        var options = new NetworkOptions(null, 200, 2, null, null, null, null);

        assertThatThrownBy(() -> new NetworkTrainer(new TrainingResources(1, 5_000_000))
                        .check(series, forecast(4), options, TrainingOptions.NONE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("MB of memory, the limit is 5 MB");
    }

    @Test
    void anotherSeedGivesAnotherNetwork() {
        List<TimeSeries> series = series(3, 60, step -> 50 + 10 * Math.sin(step / 3.0));
        var otherSeed = new TrainingOptions(2, 4, null, null, null, null, null, null, null, 43L, null);

        byte[] first = new NetworkTrainer(TrainingResources.OF_THIS_MACHINE)
                .train(series, forecast(4), SMALL, epochs(2), TrainingMonitor.SILENT)
                .artifact();
        byte[] second = new NetworkTrainer(TrainingResources.OF_THIS_MACHINE)
                .train(series, forecast(4), SMALL, otherSeed, TrainingMonitor.SILENT)
                .artifact();

        assertThat(second).isNotEqualTo(first);
    }

    static Stream<Arguments> kinds() {
        List<Arguments> kinds = new ArrayList<>();
        for (CellType cell : CellType.values()) {
            for (Loss loss : Loss.values()) {
                for (Scaling scaling : Scaling.values()) {
                    for (Anchoring anchor : Anchoring.values()) {
                        kinds.add(Arguments.of(cell, loss, scaling, anchor));
                    }
                }
            }
        }
        return kinds.stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyKindOfModelTrainsAndForecasts(CellType cell, Loss loss, Scaling scaling, Anchoring anchor) {
        List<TimeSeries> series = series(4, 50, NetworkTrainerTest::counts);
        var forecast = new ForecastOptions(4, 12, null, 5, loss, scaling, anchor);
        var network = new NetworkOptions(cell, 5, null, null, null, null, null);

        TrainedNetwork trained = new NetworkTrainer(TrainingResources.OF_THIS_MACHINE)
                .train(series, forecast, network, epochs(3), TrainingMonitor.SILENT);

        assertThat(trained.losses()).hasSize(3).allMatch(loss3 -> Double.isFinite(loss3.trainLoss()));
        // Each epoch draws other windows, and some are harder.
        assertThat(trained.losses().stream().skip(1))
                .anyMatch(
                        later -> later.trainLoss() < trained.losses().getFirst().trainLoss());
        Forecast answer = trained.predictor().predict(series.getFirst().target(), 9, LEVELS);
        assertThat(Arrays.stream(answer.mean())).allMatch(value -> value >= 0 && value < 50);
        assertThat(answer.quantiles()[0][3]).isLessThan(answer.quantiles()[2][3]);
    }

    @ParameterizedTest
    @EnumSource(Optimizer.class)
    void everyOptimizerLowersTheLoss(Optimizer optimizer) {
        List<TimeSeries> series = series(4, 60, step -> 50 + 10 * Math.sin(step / 2.0));
        double rate = optimizer == Optimizer.SGD || optimizer == Optimizer.MOMENTUM ? 0.05 : 0.005;

        TrainedNetwork trained = new NetworkTrainer(TrainingResources.OF_THIS_MACHINE)
                .train(series, forecast(4), SMALL, training(6, optimizer, rate), TrainingMonitor.SILENT);

        assertThat(trained.losses().getLast().trainLoss())
                .isLessThan(trained.losses().getFirst().trainLoss());
    }

    @Test
    void clippingByValueAndWeightDecayChangeTheTraining() {
        List<TimeSeries> series = series(4, 60, step -> 50 + 10 * Math.sin(step / 2.0));
        var plain = new TrainingOptions(1, 4, 0.01, Optimizer.SGD, null, null, null, null, null, null, null);
        var clipped = new TrainingOptions(1, 4, 0.01, Optimizer.SGD, null, 1e-6, null, null, null, null, null);
        var decayed = new TrainingOptions(1, 4, 0.01, Optimizer.SGD, null, null, 0.5, null, null, null, null);

        double unclipped = change(series, plain);

        assertThat(change(series, clipped)).isLessThan(1e-3 * unclipped);
        assertThat(change(series, decayed)).isNotEqualTo(unclipped);
    }

    /** How far one epoch moves the parameters from those of a training whose steps are as good as zero. */
    private static double change(List<TimeSeries> series, TrainingOptions training) {
        var still = new TrainingOptions(1, 4, 1e-12, Optimizer.SGD, null, null, null, null, null, null, null);
        float[] from = parameters(series, still), to = parameters(series, training);
        double squares = 0;
        for (int i = 0; i < from.length; i++) {
            squares += (to[i] - from[i]) * (to[i] - from[i]);
        }
        return Math.sqrt(squares);
    }

    private static float[] parameters(List<TimeSeries> series, TrainingOptions training) {
        return WeightsFormat.floats(new NetworkTrainer(TrainingResources.OF_THIS_MACHINE)
                .train(series, forecast(4), SMALL, training, TrainingMonitor.SILENT)
                .predictor()
                .members());
    }

    @Test
    void learnsWhatTheAnchorCannotKnow() {
        // Each value is the negative of the one before: a level is of no use, a network sees it at once.
        List<TimeSeries> series = series(4, 120, step -> step % 2 == 0 ? 10 : -10);
        var options = new ForecastOptions(2, 12, null, 1, null, null, null);

        TrainedNetwork trained = new NetworkTrainer(TrainingResources.OF_THIS_MACHINE)
                .train(series, options, SMALL, epochs(25), TrainingMonitor.SILENT);
        Forecast forecast = trained.predictor().predict(series.getFirst().target(), 2, LEVELS);

        assertThat(forecast.at(LEVELS.get(1))[0]).isBetween(7.0, 13.0);
        assertThat(forecast.at(LEVELS.get(1))[1]).isBetween(-13.0, -7.0);
    }

    @Test
    void awkwardSeriesTrain() {
        List<List<TimeSeries>> awkward = List.of(
                series(1, 12, step -> step),
                series(3, 40, step -> 7),
                series(2, 40, step -> 0),
                series(2, 40, step -> step % 5 == 0 ? Double.NaN : -1e9 * step),
                series(2, 40, step -> step % 9 == 0 ? 3 : 0),
                Stream.concat(
                                series(1, 2, step -> step).stream(),
                                series(2, 50, step -> step).stream().skip(1))
                        .toList());

        for (List<TimeSeries> series : awkward) {
            TrainedNetwork trained = new NetworkTrainer(TrainingResources.OF_THIS_MACHINE)
                    .train(series, forecast(4), SMALL, epochs(1), TrainingMonitor.SILENT);

            for (TimeSeries one : series) {
                Forecast forecast = trained.predictor().predict(one.target(), 10, LEVELS);
                assertThat(Arrays.stream(forecast.mean())).allMatch(Double::isFinite);
            }
        }
    }

    @Test
    void stopsWhereTheValidationLossNoLongerFalls() {
        var training = new TrainingOptions(200, 4, 0.05, null, null, null, null, 2, null, null, null);
        List<TimeSeries> series = series(2, 60, NetworkTrainerTest::counts);

        TrainedNetwork trained = new NetworkTrainer(TrainingResources.OF_THIS_MACHINE)
                .train(series, forecast(4), SMALL, training, TrainingMonitor.SILENT);

        assertThat(trained.stoppedBy()).isEqualTo(StopReason.PATIENCE);
        assertThat(trained.losses()).hasSize(trained.members().getFirst().bestEpoch() + 2);
    }

    @Test
    void knowsWhatItHasSeen() {
        List<TimeSeries> series = series(1, 60, step -> step);
        var all = new TrainingOptions(1, 4, null, null, null, null, null, null, 0.0, null, null);

        Predictor most = new NetworkTrainer(TrainingResources.OF_THIS_MACHINE)
                .train(series, forecast(4), SMALL, epochs(1), TrainingMonitor.SILENT)
                .predictor();
        Predictor whole = new NetworkTrainer(TrainingResources.OF_THIS_MACHINE)
                .train(series, forecast(4), SMALL, all, TrainingMonitor.SILENT)
                .predictor();

        assertThat(most.hasSeen(series.getFirst(), 55)).isTrue();
        assertThat(most.hasSeen(series.getFirst(), 56)).isFalse();
        assertThat(whole.hasSeen(series.getFirst(), 59)).isTrue();
        assertThat(whole.hasSeen(series.getFirst(), 60)).isFalse();
        assertThat(whole.hasSeen(series(2, 60, step -> step).get(1), 3)).isFalse();
    }

    @Test
    void endsAtOnceWhenCancelled() {
        var monitor = new TrainingMonitor() {
            @Override
            public void epochFinished(EpochLoss loss, int epochs) {
                throw new AssertionError("no epoch may finish");
            }

            @Override
            public boolean cancelled() {
                return true;
            }
        };

        assertThatThrownBy(() -> new NetworkTrainer(TrainingResources.OF_THIS_MACHINE)
                        .train(series(2, 60, step -> step), forecast(4), SMALL, epochs(5), monitor))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void outOfTimeGivesTheBestNetworkSoFar() {
        var monitor = new TrainingMonitor() {
            @Override
            public boolean outOfTime() {
                return true;
            }
        };

        TrainedNetwork trained = new NetworkTrainer(TrainingResources.OF_THIS_MACHINE)
                .train(series(2, 60, step -> step), forecast(4), SMALL, epochs(50), monitor);

        assertThat(trained.stoppedBy()).isEqualTo(StopReason.TIME);
        assertThat(trained.losses()).hasSize(1);
    }

    @Test
    void refusesWhatNoNetworkCanLearn() {
        List<TimeSeries> fine = series(2, 60, step -> step);
        var counts = new ForecastOptions(4, null, null, null, Loss.NEGATIVE_BINOMIAL, null, null);

        assertProblem(ProblemType.NOT_ENOUGH_DATA, series(2, 5, step -> step), forecast(4), SMALL);
        assertProblem(ProblemType.NOT_ENOUGH_DATA, series(2, 50, step -> Double.NaN), forecast(4), SMALL);
        assertProblem(ProblemType.INVALID_SERIES, series(2, 60, step -> step + 0.5), counts, SMALL);
        assertProblem(ProblemType.INVALID_SERIES, series(2, 60, step -> 1e300), forecast(4), SMALL);
        assertProblem(
                ProblemType.LIMIT_EXCEEDED,
                fine,
                forecast(50),
                new NetworkOptions(null, 1024, 8, null, null, null, null));
        assertProblem(
                ProblemType.LIMIT_EXCEEDED, fine, forecast(50), new NetworkOptions(null, 1024, 2, null, null, null, 8));
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void refusesTheLongestOfHorizonsWithoutMakingRoomForIt(Loss loss) {
        var forecast = new ForecastOptions(Integer.MAX_VALUE, null, null, null, loss, null, null);

        assertProblem(ProblemType.LIMIT_EXCEEDED, series(2, 60, step -> step), forecast, SMALL);
    }

    private static void assertProblem(
            ProblemType type, List<TimeSeries> series, ForecastOptions forecast, NetworkOptions network) {
        assertThatThrownBy(() -> new NetworkTrainer(TrainingResources.OF_THIS_MACHINE)
                        .check(series, forecast, network, TrainingOptions.NONE))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(type));
    }
}
