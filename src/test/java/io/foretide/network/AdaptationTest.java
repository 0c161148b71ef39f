package io.foretide.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AdaptationTest {
    private static final QuantileHead HEAD =
            new QuantileHead(TestNetworks.levels(0.1, 0.5, 0.9), Calibration.none(1, 3));

    /** How many of normal observations, of this deviation, lie beyond the upper level of a forecast of deviation 1. */
    private static double beyond(double deviation, Adaptation adaptation) {
        var random = new Random(4);
        int beyond = 0;
        double[] expected = new double[3];
        for (int step = 0; step < 4000; step++) {
            for (int i = 0; i < 3; i++) {
                expected[i] = (i - 1) * 1.2816 * adaptation.stretches[i];
            }
            double observation = deviation * random.nextGaussian();
            beyond += step >= 1000 && observation > expected[2] ? 1 : 0;
            adaptation.observe(observation, expected, HEAD);
        }
        return beyond / 3000.0;
    }

    @Test
    void asManyObservationsLieBeyondALevelAsShouldWhateverBecomesOfTheSeries() {
        for (double deviation : new double[] {0.6, 1, 1.6}) {
            var adaptation = new Adaptation(3);

            assertThat(beyond(deviation, adaptation)).isCloseTo(0.1, within(0.02));
            assertThat(adaptation.stretches[0]).isCloseTo(deviation, within(0.4));
            assertThat(adaptation.stretches[1]).isEqualTo(1);
        }
    }

    @Test
    void stretchesWithinBounds() {
        var wild = new Adaptation(3);
        var calm = new Adaptation(3);

        beyond(1000, wild);
        beyond(0.001, calm);

        assertThat(wild.stretches[2]).isBetween(2.0, 2.5);
        assertThat(calm.stretches[2]).isBetween(0.4, 0.5);
    }

    @Test
    void missingObservationsSayNothing() {
        var adaptation = new Adaptation(3);
        double[] expected = {7, 7, 7};

        adaptation.observe(Double.NaN, expected, HEAD);

        assertThat(adaptation.stretches).containsOnly(1);
    }

    @Test
    void aWalkWhoseSeriesGrowsWildForecastsWiderThanItsTwin() {
        Predictor predictor = adapting();
        State calm = predictor.initialState(), wild = predictor.initialState();
        var random = new Random(8);
        for (int step = 0; step < 60; step++) {
            double observation = 50 + random.nextGaussian();
            predictor.observe(calm, observation);
            predictor.observe(wild, observation);
        }
        State before = wild.copy();

        for (int step = 0; step < 40; step++) {
            double noise = random.nextGaussian();
            predictor.observe(calm, 50 + noise);
            predictor.observe(wild, 50 + 300 * noise);
        }

        assertThat(before.sameAs(wild)).isFalse();
        assertThat(stretch(wild)).isGreaterThan(stretch(calm)).isGreaterThan(stretch(before));
    }

    private static double stretch(State state) {
        return state.adaptation.stretches[4];
    }

    private static Predictor adapting() {
        Predictor plain = TestNetworks.random(TestNetworks.settings(CellType.GRU, 1, 3, Loss.QUANTILE), 3);
        var head = (QuantileHead) plain.head();
        double[][] wide = head.calibration().stretches();
        for (double[] step : wide) {
            Arrays.fill(step, Calibration.MOST_STRETCH);
        }
        var calibration = new Calibration(1, wide, true);
        return new Predictor(
                plain.settings(),
                plain.smoothing(),
                plain.members(),
                new QuantileHead(head.levels(), calibration),
                plain.seen());
    }
}
