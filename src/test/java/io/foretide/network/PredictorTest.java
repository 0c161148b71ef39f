package io.foretide.network;

import static io.foretide.network.TestNetworks.LEVELS;
import static io.foretide.network.TestNetworks.levels;
import static io.foretide.network.TestNetworks.random;
import static io.foretide.network.TestNetworks.settings;
import static io.foretide.network.TestNetworks.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.series.Forecast;
import io.foretide.series.ShortDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PredictorTest {
    static Stream<Arguments> networks() {
        List<Arguments> networks = new ArrayList<>();
        for (CellType cell : CellType.values()) {
            for (Loss loss : Loss.values()) {
                for (int layers = 1; layers <= 2; layers++) {
                    networks.add(Arguments.of(settings(cell, layers, 6, loss), 31L * layers + loss.ordinal()));
                }
                networks.add(Arguments.of(settings(cell, 2, 6, loss).withMembers(3), 97L + loss.ordinal()));
            }
        }
        return networks.stream();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void predictingAContextEqualsStreamingIt(Settings settings, long seed) {
        Predictor predictor = random(settings, seed);
        double[] target = target(seed, 60);

        State state = predictor.initialState();
        for (int step = 0; step < target.length; step++) {
            predictor.observe(state, target[step]);

            Forecast streamed = predictor.forecast(state, 9, LEVELS);
            Forecast predicted = predictor.predict(Arrays.copyOf(target, step + 1), 9, LEVELS);
            assertSame(streamed, predicted);
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void forecastsNumbersOfTenDigits(Settings settings, long seed) {
        Forecast forecast = random(settings, seed).predict(target(seed, 60), 9, LEVELS);

        Stream.concat(Stream.of(forecast.mean()), Stream.of(forecast.quantiles()))
                .flatMapToDouble(Arrays::stream)
                .forEach(value -> assertThat(ShortDecimal.rounded(value)).isEqualTo(value));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void walkingManySeriesTogetherEqualsWalkingEach(Settings settings, long seed) {
        Predictor predictor = random(settings, seed);
        // More than are walked at a time, of all lengths, some of them equal, in no order.
        List<double[]> targets = IntStream.range(0, 53)
                .mapToObj(i -> target(seed + i, 1 + i * 31 % 47))
                .toList();

        List<Forecast> together = predictor.predict(targets, 9, LEVELS);

        assertThat(together).hasSize(53);
        for (int i = 0; i < targets.size(); i++) {
            assertSame(together.get(i), predictor.predict(targets.get(i), 9, LEVELS));
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void copiedStateGoesOnAsTheOriginalDoes(Settings settings, long seed) {
        Predictor predictor = random(settings, seed);
        double[] target = target(seed, 40);
        State state = predictor.initialState();
        for (int step = 0; step < 20; step++) {
            predictor.observe(state, target[step]);
        }

        State copy = state.copy();
        for (int step = 20; step < 40; step++) {
            predictor.observe(state, target[step]);
        }
        assertThat(copy.sameAs(state)).isFalse();
        for (int step = 20; step < 40; step++) {
            predictor.observe(copy, target[step]);
        }

        assertThat(copy.sameAs(state)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void forecastingChangesNothing(Settings settings, long seed) {
        Predictor predictor = random(settings, seed);
        State state = predictor.initialState();
        for (double observation : target(seed, 30)) {
            predictor.observe(state, observation);
        }
        State before = state.copy();

        predictor.forecast(state, 50, LEVELS);

        assertThat(state.sameAs(before)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void quantilesNeverCrossAndIntervalsNeverNarrowBeyondTheTrainedHorizon(Settings settings, long seed) {
        Predictor predictor = random(settings, seed);
        var levels = levels(0.01, 0.1, 0.3, 0.5, 0.6, 0.9, 0.999);

        Forecast forecast = predictor.predict(target(seed, 50), 40, levels);

        double[][] q = forecast.quantiles();
        for (int step = 0; step < 40; step++) {
            for (int i = 1; i < levels.size(); i++) {
                assertThat(q[i][step]).isGreaterThanOrEqualTo(q[i - 1][step]);
            }
            if (step >= settings.forecast().horizon()) {
                double slack = 1e-9 * Math.abs(q[6][step]);
                assertThat(q[5][step] - q[1][step]).isGreaterThanOrEqualTo(q[5][step - 1] - q[1][step - 1] - slack);
                assertThat(q[6][step] - q[0][step]).isGreaterThanOrEqualTo(q[6][step - 1] - q[0][step - 1] - slack);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void longerHorizonBeginsWithTheShorterOne(Settings settings, long seed) {
        Predictor predictor = random(settings, seed);
        double[] target = target(seed, 50);

        Forecast shorter = predictor.predict(target, 4, LEVELS);
        Forecast longer = predictor.predict(target, 20, LEVELS);

        assertThat(Arrays.copyOf(longer.mean(), 4)).containsExactly(shorter.mean());
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void levelsMayLieAsCloseAsDoublesDoAndAsFarOut(Loss loss) {
        Predictor predictor = random(settings(CellType.LSTM, 1, 6, loss), 3);
        var close = levels(
                Double.MIN_VALUE, 0.1, Math.nextUp(0.1), Math.nextDown(0.5), 0.5, Math.nextUp(0.5), Math.nextDown(1));

        Forecast forecast = predictor.predict(target(3, 40), 20, close);

        for (int step = 0; step < 20; step++) {
            for (int i = 0; i < close.size(); i++) {
                assertThat(forecast.quantiles()[i][step]).isFinite();
                assertThat(forecast.quantiles()[i][step])
                        .isGreaterThanOrEqualTo(forecast.quantiles()[Math.max(0, i - 1)][step]);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Loss.class,
            names = {"QUANTILE", "SQUARED"}) // counts bound what they read from outputs
    void saysWhereWeightsAreTooLargeToForecastWith(Loss loss) {
        Settings settings = settings(CellType.SIMPLE_RNN, 1, 6, loss);
        var relu = new NetworkSettings(CellType.SIMPLE_RNN, 9, 1, Activation.RELU, 0, 1);
        float[] huge = new float[(int) WeightsFormat.count(settings)];
        for (int i = 0; i < huge.length; i++) {
            huge[i] = i % 2 == 0 ? Float.MAX_VALUE : -Float.MAX_VALUE;
        }
        Settings hugeSettings = new Settings(settings.forecast(), relu, settings.training());
        Predictor like = random(hugeSettings, 1);
        Predictor predictor = new Predictor(
                hugeSettings, like.smoothing(), WeightsFormat.members(hugeSettings, huge), like.head(), like.seen());

        assertThatThrownBy(() -> predictor.predict(target(3, 40), 20, LEVELS))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.NO_FINITE_FORECAST));
    }

    @Test
    void saysWhereValuesAreTooLargeToForecastFrom() {
        Predictor predictor = random(settings(CellType.LSTM, 1, 6, Loss.QUANTILE), 3);
        double[] huge = {Double.MAX_VALUE, -Double.MAX_VALUE, Double.MAX_VALUE};

        assertThatThrownBy(() -> predictor.predict(huge, 1, levels(0.9)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.NO_FINITE_FORECAST));
    }

    @Test
    void eightThreadsGetTheBitsThatOneThreadGets() throws Exception {
        Predictor predictor = random(settings(CellType.LSTM, 2, 6, Loss.QUANTILE), 5);
        List<double[]> contexts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            contexts.add(target(i, 30 + i));
        }
        List<Forecast> expected =
                contexts.stream().map(c -> predictor.predict(c, 10, LEVELS)).toList();

        List<Future<List<Forecast>>> answers = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                answers.add(threads.submit(() -> Stream.generate(() -> contexts)
                        .limit(10)
                        .flatMap(List::stream)
                        .map(context -> predictor.predict(context, 10, LEVELS))
                        .toList()));
            }
        }

        for (Future<List<Forecast>> answer : answers) {
            for (int i = 0; i < answer.get().size(); i++) {
                assertSame(answer.get().get(i), expected.get(i % expected.size()));
            }
        }
    }

    @Test
    void onlyTheMaskSpeaksOfMissingObservations() {
        Predictor predictor = random(settings(CellType.LSTM, 1, 6, Loss.QUANTILE), 8);
        State state = predictor.initialState();

        for (int step = 0; step < 20; step++) {
            predictor.observe(state, Double.NaN);
        }
        predictor.observe(state, 12);
        Forecast forecast = predictor.forecast(state, 30, LEVELS);

        assertThat(Arrays.stream(forecast.mean())).allMatch(Double::isFinite);
        assertThat(state.steps()).isEqualTo(21);
    }

    private static void assertSame(Forecast actual, Forecast expected) {
        assertThat(actual.mean()).containsExactly(expected.mean());
        assertThat(actual.quantiles()).isDeepEqualTo(expected.quantiles());
    }
}
