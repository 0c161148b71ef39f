package io.foretide.network;

import static io.foretide.network.TestNetworks.forecast;
import static io.foretide.network.TestNetworks.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.series.Covariates;
import io.foretide.series.QuantileLevel;
import io.foretide.series.TimeSeries;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A training that starts from the parameters of another one. */
class ContinuationTest {
    private static final NetworkOptions SMALL = new NetworkOptions(CellType.GRU, 5, 2, null, null, null, null);
    private static final ForecastOptions ANY = ForecastOptions.NONE;
    private static final NetworkTrainer TRAINER = new NetworkTrainer(TrainingResources.OF_THIS_MACHINE);
    private static final TrainedNetwork PARENT = TRAINER.train(
            waves(50), new ForecastOptions(4, 9, null, 6, null, null, null), SMALL, training(2, null), silent());
    private static final NetworkTrainer CONTINUING = TRAINER.startingFrom(PARENT.predictor());

    private static TrainingMonitor silent() {
        return TrainingMonitor.SILENT;
    }

    private static TrainingOptions training(int epochs, Double rate) {
        return new TrainingOptions(epochs, 4, rate, null, null, null, null, null, null, 7L, null);
    }

    private static List<TimeSeries> waves(double height) {
        return series(3, 60, step -> height + height / 5 * Math.sin(step / 3.0) + step % 6);
    }

    @Test
    void startsFromTheParametersOfItsParent() {
        TrainedNetwork child = CONTINUING.train(waves(50), ANY, NetworkOptions.NONE, training(1, 1e-9), silent());

        float[] before = WeightsFormat.floats(PARENT.predictor().members().getFirst());
        float[] after = WeightsFormat.floats(child.predictor().members().getFirst());
        assertThat(after).isNotEqualTo(before).containsExactly(before, within(1e-5f));
    }

    @Test
    void takesOverWhatShapesTheNetworkAndTheForecast() {
        TrainedNetwork child = CONTINUING.train(waves(70), ANY, NetworkOptions.NONE, TrainingOptions.NONE, silent());

        Settings settings = child.predictor().settings();
        assertThat(settings.forecast()).isEqualTo(PARENT.predictor().settings().forecast());
        assertThat(settings.network()).isEqualTo(PARENT.predictor().settings().network());
        assertThat(settings.training().learningRate()).isEqualTo(0.002);
        assertThat(settings.training().epochs()).isEqualTo(20);
        assertThat(child.chosen())
                .contains("forecast.context", "network.cell", "training.learning_rate", "training.epochs");
    }

    @Test
    void fitsTheScalesAnewAndNothingElseOfTheSmoothing() {
        TrainedNetwork child = CONTINUING.train(waves(5000), ANY, NetworkOptions.NONE, training(1, null), silent());

        Smoothing before = PARENT.predictor().smoothing(),
                after = child.predictor().smoothing();
        assertThat(after.typicalScale()).isGreaterThan(10 * before.typicalScale());
        assertThat(after.withScales(before.relativeScale(), before.typicalScale()))
                .isEqualTo(before);
    }

    @Test
    void forecastsNegativeValuesOnceItHasSeenSome() {
        TrainedNetwork child = CONTINUING.train(
                series(3, 60, step -> -5 + step % 6), ANY, NetworkOptions.NONE, training(1, null), silent());

        assertThat(PARENT.predictor().smoothing().nonNegative()).isTrue();
        assertThat(child.predictor().smoothing().nonNegative()).isFalse();
    }

    static Stream<Arguments> otherShapes() {
        return Stream.of(
                Arguments.of("forecast.horizon is 5, and 4 in", forecast(5), NetworkOptions.NONE),
                Arguments.of(
                        "forecast.loss is \"squared\", and \"quantile\" in", of(null, null, Loss.SQUARED, null), SMALL),
                Arguments.of("forecast.season_length is 7, and 6 in", of(null, 7, null, null), NetworkOptions.NONE),
                Arguments.of("forecast.quantiles is [0.1,0.5,0.9], and [0.025,", of(levels(), null, null, null), SMALL),
                Arguments.of(
                        "forecast.anchor is \"none\", and \"auto\" in", of(null, null, null, Anchoring.NONE), SMALL),
                Arguments.of("network.cell is \"lstm\", and \"gru\" in", ANY, network(CellType.LSTM, null, null)),
                Arguments.of("network.units is 6, and 5 in", ANY, network(null, 6, null)),
                Arguments.of("network.layers is 1, and 2 in", ANY, network(null, null, 1)));
    }

    private static List<QuantileLevel> levels() {
        return TestNetworks.levels(0.1, 0.5, 0.9);
    }

    private static ForecastOptions of(List<QuantileLevel> levels, Integer season, Loss loss, Anchoring anchor) {
        return new ForecastOptions(null, null, levels, season, loss, null, anchor);
    }

    private static NetworkOptions network(CellType cell, Integer units, Integer layers) {
        return new NetworkOptions(cell, units, layers, null, null, null, null);
    }

    @ParameterizedTest
    @MethodSource("otherShapes")
    void refusesAnotherShapeAndNamesBoth(String detail, ForecastOptions forecast, NetworkOptions network) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> CONTINUING.check(waves(50), forecast, network, TrainingOptions.NONE))
                .satisfies(problem -> {
                    assertThat(problem.type()).isEqualTo(ProblemType.CANNOT_CONTINUE);
                    assertThat(problem.detail()).startsWith(detail);
                    assertThat(problem.places())
                            .extracting("pointer")
                            .containsExactly('/' + detail.split(" ")[0].replace('.', '/'));
                });
    }

    @Test
    void refusesACovariateThatItsParentDoesNotRead() {
        double[] target = waves(50).getFirst().target();
        var promoted = new TimeSeries("a", null, target, new Covariates(Map.of("promo", target), Map.of(), Map.of()));

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> CONTINUING.check(List.of(promoted), ANY, NetworkOptions.NONE, TrainingOptions.NONE))
                .satisfies(problem -> {
                    assertThat(problem.type()).isEqualTo(ProblemType.CANNOT_CONTINUE);
                    assertThat(problem.detail()).contains("past.promo");
                });
    }

    @Test
    void continuesEachOfSeveralMembers() {
        TrainedNetwork parent = TRAINER.train(
                waves(50),
                new ForecastOptions(4, 9, null, 6, null, null, null),
                new NetworkOptions(CellType.GRU, 5, 2, null, null, null, 2),
                training(2, null),
                silent());

        TrainedNetwork child = TRAINER.startingFrom(parent.predictor())
                .train(waves(50), ANY, NetworkOptions.NONE, training(1, 1e-9), silent());

        for (int member = 0; member < 2; member++) {
            assertThat(WeightsFormat.floats(child.predictor().members().get(member)))
                    .containsExactly(
                            WeightsFormat.floats(parent.predictor().members().get(member)), within(1e-5f));
        }
    }

    @Test
    void acceptsWhatItWouldTakeOverAnyway() {
        var same = new ForecastOptions(4, 20, Plan.DEFAULT_LEVELS, 6, Loss.QUANTILE, Scaling.AUTO, Anchoring.AUTO);

        TrainedNetwork child = CONTINUING.train(waves(50), same, SMALL, training(1, null), silent());

        assertThat(child.predictor().settings().forecast().context())
                .as("no parameter depends on it")
                .isEqualTo(20);
    }

    @Test
    void hasSeenWhatItsParentSaw() {
        TimeSeries old = waves(50).getFirst();
        List<TimeSeries> other =
                List.of(new TimeSeries("new", null, waves(50).getLast().target(), old.covariates()));

        Predictor child = CONTINUING
                .train(other, ANY, NetworkOptions.NONE, training(1, null), silent())
                .predictor();

        assertThat(child.hasSeen(other.getFirst(), 0)).isTrue();
        assertThat(child.hasSeen(other.getFirst(), 59)).isFalse();
        assertThat(child.hasSeen(old, 0)).isTrue();
        assertThat(child.hasSeen(old, 59)).isFalse();
        assertThat(Artifact.read(Artifact.write(child)).hasSeen(old, 0)).isTrue();
    }

    @Test
    void givesTheSameBytesAgainAndOthersFromAnotherParent() {
        byte[] first = child().apply(silent()).artifact();
        byte[] again = child().apply(silent()).artifact();
        Predictor other = TRAINER.train(
                        waves(50),
                        new ForecastOptions(4, 9, null, 6, null, null, null),
                        SMALL,
                        training(1, null),
                        silent())
                .predictor();
        byte[] ofOther = TRAINER.startingFrom(other)
                .train(waves(60), ANY, NetworkOptions.NONE, training(2, null), silent())
                .artifact();

        assertThat(again).isEqualTo(first).isNotEqualTo(ofOther);
    }

    private static Function<TrainingMonitor, TrainedNetwork> child() {
        return monitor -> CONTINUING.train(waves(60), ANY, NetworkOptions.NONE, training(2, null), monitor);
    }

    @Test
    void goesOnFromACheckpointOfItsOwnAndOfNoOtherParent() {
        byte[] uninterrupted = child().apply(silent()).artifact();
        Function<TrainingMonitor, TrainedNetwork> orphan =
                monitor -> TRAINER.train(waves(60), forecast(4), SMALL, training(2, null), monitor);
        var interrupted = new InterruptedTraining(3);
        var ofAnother = new InterruptedTraining(4).from(InterruptedTraining.checkpointOf(orphan));

        assertThat(interrupted.finish(child()).artifact()).isEqualTo(uninterrupted);
        assertThat(ofAnother.finish(child()).artifact()).isEqualTo(uninterrupted);
        assertThat(interrupted.resumptions).isPositive();
        assertThat(ofAnother.refusals.getFirst()).contains("other data, settings or seed");
    }
}
