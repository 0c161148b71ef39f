package io.foretide.network;

import static io.foretide.network.TestNetworks.levels;
import static io.foretide.network.TestNetworks.seasonal;
import static io.foretide.network.TestNetworks.settings;
import static io.foretide.network.TestNetworks.target;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foretide.series.Forecast;
import io.foretide.series.QuantileLevel;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScoreTest {
    private static final List<QuantileLevel> BOUNDS = levels(0.005, 0.1, 0.9, 0.995);

    /** A value somewhere around a forecast, beyond its tails now and then; a count where it forecasts counts. */
    private static double somewhere(Forecast forecast, Loss loss, Random random) {
        double[][] bounds = forecast.quantiles();
        double width = bounds[3][0] - bounds[0][0];
        double value = bounds[0][0] - 0.2 * width + 1.4 * width * random.nextDouble();
        return loss == Loss.NEGATIVE_BINOMIAL ? Math.rint(value) : value;
    }

    @ParameterizedTest
    @MethodSource("io.foretide.network.PackedStatesTest#networks")
    void saysWhatAForecastOfOneStepSaidBefore(Settings settings, List<Integer> seasons, long seed) {
        Predictor predictor = seasonal(settings, seasons, seed);
        Loss loss = settings.forecast().loss();
        var random = new Random(seed);
        State state = predictor.initialState();
        int inside = 0, anomalies = 0;
        predictor.observe(state, 100);
        for (int step = 0; step < 300; step++) {
            Forecast forecast = predictor.forecast(state, 1, BOUNDS);
            double observation = step % 3 == 0 ? somewhere(forecast, loss, random) : target(seed, 400)[step];
            double value = Double.isNaN(observation) ? 100 : Math.max(0, observation);

            Score score = requireNonNull(predictor.score(state, value));

            double[][] bounds = forecast.quantiles();
            assertThat(score.expected()).isEqualTo(forecast.mean()[0]);
            assertThat(score.inside()).isEqualTo(value >= bounds[1][0] && value <= bounds[2][0]);
            assertThat(score.anomaly()).isEqualTo(value < bounds[0][0] || value > bounds[3][0]);
            assertThat(score.percentile()).isStrictlyBetween(0.0, 1.0);
            if (loss != Loss.NEGATIVE_BINOMIAL && score.percentile() > 1e-6 && score.percentile() < 1 - 1e-6) {
                List<QuantileLevel> there = List.of(new QuantileLevel(score.percentile()));
                double read = predictor.forecast(state, 1, there).quantiles()[0][0];
                assertThat(read).isCloseTo(value, within(1e-6 * (1 + Math.abs(value))));
            }
            inside += score.inside() ? 1 : 0;
            anomalies += score.anomaly() ? 1 : 0;
            predictor.observe(state, step % 11 == 0 ? Double.NaN : value);
        }
        assertThat(inside).isBetween(5, 295);
        assertThat(anomalies).isBetween(5, 295);
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void thereIsNoneForTheFirstObservationAndForMissingOnes(Loss loss) {
        Predictor predictor = seasonal(settings(CellType.LSTM, 1, 6, loss), List.of(4), 2);
        State state = predictor.initialState();

        assertThat(predictor.score(state, 5)).isNull();
        predictor.observe(state, Double.NaN);
        assertThat(predictor.score(state, 5)).isNull();
        predictor.observe(state, 5);
        assertThat(predictor.score(state, Double.NaN)).isNull();
        assertThat(predictor.score(state, 5)).isNotNull();
    }

    @Test
    void thereIsNoneWhereNoForecastIsFinite() {
        Predictor predictor = seasonal(settings(CellType.LSTM, 1, 6, Loss.QUANTILE), List.of(4), 2);
        State state = predictor.initialState();
        for (double observation : new double[] {Double.MAX_VALUE, -Double.MAX_VALUE, Double.MAX_VALUE}) {
            predictor.observe(state, observation);
        }

        assertThat(predictor.score(state, 5)).isNull();
    }

    @Test
    void countsLieInTheMiddleOfTheirProbability() {
        Predictor predictor = seasonal(settings(CellType.LSTM, 1, 6, Loss.NEGATIVE_BINOMIAL), List.of(), 2);
        double[] forecast = {0.2, 1}; // a geometric distribution

        Score zero = requireNonNull(Score.of(predictor, forecast, 0));
        Score one = requireNonNull(Score.of(predictor, forecast, 1));

        assertThat(zero.percentile()).isCloseTo(0.5 / 1.2, within(1e-12));
        assertThat(one.percentile()).isCloseTo((1 + 0.5 * 0.2 / 1.2) / 1.2, within(1e-12));
        assertThat(requireNonNull(Score.of(predictor, forecast, -1)).anomaly()).isTrue();
        assertThat(requireNonNull(Score.of(predictor, forecast, 1e6)).percentile())
                .isLessThan(1);
    }

    @Test
    void whatWasKnownAheadOfAnObservationIsInItsScore() {
        var features =
                new Features(List.of(), List.of(new Features.Measured("promo", 0, 1, false)), List.of(), List.of());
        Predictor predictor =
                seasonal(settings(CellType.LSTM, 1, 6, Loss.SQUARED).reading(features), List.of(4), 2);
        State state = predictor.initialState();
        for (int step = 0; step < 20; step++) {
            predictor.observe(state, 100 + step % 4, promotion(features, step));
        }

        double expected =
                predictor.forecast(state, 1, BOUNDS, promotion(features, 19)).mean()[0];

        assertThat(requireNonNull(predictor.score(state, 100)).expected())
                .isEqualTo(expected)
                .isNotEqualTo(predictor.forecast(state, 1, BOUNDS).mean()[0]);
    }

    /** As it is known with a step, of the next one. */
    private static Surroundings promotion(Features features, int step) {
        return Surroundings.ofStep(features, Map.of(), null, step, new double[0], new double[][] {{1 + step % 2}});
    }
}
