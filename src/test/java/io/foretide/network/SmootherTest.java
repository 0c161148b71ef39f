package io.foretide.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmootherTest {
    private static final double[] SEASON = {10, -4, 3, -9};

    private static final List<Double> RATES = List.of(0.3, 0.8);

    private static Smoother smoother(int season) {
        return new Smoother(new Smoothing(
                Anchoring.AUTO,
                Scaling.AUTO,
                season == 1 ? List.of() : List.of(season),
                RATES,
                List.of(0.2),
                0.5,
                0.1,
                1,
                false));
    }

    @Test
    void anchorsATrendlessSeason() {
        Smoother smoother = smoother(4);
        SmoothedState state = smoother.initialState();

        for (int step = 0; step < 40; step++) {
            smoother.observe(state, 50 + SEASON[step % 4]);
        }

        for (int ahead = 1; ahead <= 8; ahead++) {
            assertThat(anchor(smoother, state, ahead)).isCloseTo(50 + SEASON[(ahead - 1) % 4], within(1e-9));
        }
    }

    @Test
    void takesALinearTrendOutOfTheFirstTwoSeasons() {
        Smoother smoother = smoother(4);
        SmoothedState state = smoother.initialState();

        for (int step = 0; step < 8; step++) {
            smoother.observe(state, 50 + 2 * step + SEASON[step % 4]);
        }

        // First those of two smoothers whose season is added, then of two whose season is relative.
        assertThat(state.profiles).hasSize(4 * 4);
        for (int i = 0; i < 8; i++) {
            assertThat(state.profiles[i]).isCloseTo(SEASON[i % 4], within(2.0));
        }
    }

    @Test
    void aRelativeSeasonGrowsWithTheLevel() {
        Smoother smoother = smoother(4);
        SmoothedState state = smoother.initialState();
        for (int step = 0; step < 400; step++) {
            double level = 100 + step;
            smoother.observe(state, level * (1 + SEASON[step % 4] / 50));
        }

        // The level lags behind a trend by (1 − α)/α steps.
        assertThat(anchor(smoother, state, 1)).isCloseTo(500 * (1 + SEASON[0] / 50), within(10.0));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void missingObservationsMoveNothingButTime(long seed) {
        var random = new Random(seed);
        Smoother smoother = smoother(4);
        SmoothedState state = smoother.initialState();
        for (int step = 0; step < 20; step++) {
            smoother.observe(state, 100 + random.nextGaussian());
        }
        double expected = anchor(smoother, state, 3), scale = smoother.scale(state);

        assertThat(smoother.observe(state, Double.NaN)).isZero();
        assertThat(smoother.observe(state, Double.NaN)).isZero();

        assertThat(anchor(smoother, state, 1)).isCloseTo(expected, within(1e-9));
        assertThat(smoother.scale(state)).isEqualTo(scale);
    }

    @Test
    void nothingIsRelativeOnceAnObservationWasNotPositive() {
        Smoother smoother = smoother(4);
        SmoothedState state = smoother.initialState();
        for (int step = 0; step < 100; step++) {
            smoother.observe(state, (100 + step) * (1 + SEASON[step % 4] / 50));
        }
        double relative = weightOfRelative(state);

        smoother.observe(state, 0);

        assertThat(relative).isGreaterThan(0.9);
        assertThat(weightOfRelative(state)).isZero();
    }

    /** The last third of six smoothers of two rates: no season, an added one, a relative one. */
    private static double weightOfRelative(SmoothedState state) {
        return state.weights[4] + state.weights[5];
    }

    @Test
    void theSecondSeasonTellsWhatAProfileOfTheFirstIsWorth() {
        Smoother smoother = smoother(12);
        SmoothedState state = smoother.initialState();
        var random = new Random(5);

        for (int step = 0; step < 24; step++) {
            smoother.observe(state, 100 + random.nextGaussian());
        }

        assertThat(state.weights[0] + state.weights[1]).as("without a season").isGreaterThan(0.8);
        assertThat(state.errors).as("one, and a season of them").isEqualTo(13);
    }

    @Test
    void followsTheDayAndTheWeek() {
        var smoother = new Smoother(
                new Smoothing(Anchoring.AUTO, Scaling.AUTO, List.of(4, 28), RATES, List.of(0.2), 0, 0.1, 1, false));
        SmoothedState state = smoother.initialState();
        for (int step = 0; step < 28 * 10; step++) {
            smoother.observe(state, dayAndWeek(step));
        }

        for (int ahead = 1; ahead <= 60; ahead++) {
            assertThat(anchor(smoother, state, ahead)).isCloseTo(dayAndWeek(28 * 10 + ahead - 1), within(0.01));
        }
    }

    private static double dayAndWeek(int step) {
        return -50 + SEASON[step % 4] * (step / 4 % 7 < 5 ? 1 : 0.2);
    }

    @Test
    void goesOnWithHalfTheTrendWhereHalfOfItIsBelieved() {
        Smoother smoother = smoother(1);
        SmoothedState state = smoother.initialState();
        for (int step = 0; step < 200; step++) {
            smoother.observe(state, 3 * step);
        }

        assertThat(anchor(smoother, state, 11) - anchor(smoother, state, 1)).isCloseTo(10 * 1.5, within(1e-3));
    }

    @Test
    void aConstantSeriesHasAScaleAboveZero() {
        Smoother smoother = smoother(1);
        SmoothedState state = smoother.initialState();

        for (int step = 0; step < 5000; step++) {
            assertThat(smoother.observe(state, 7)).isZero();
        }

        assertThat(smoother.scale(state)).isBetween(1e-9, 0.01);
        assertThat(anchor(smoother, state, 1)).isEqualTo(7);
    }

    @Test
    void assumedValuesLeaveTheScaleAlone() {
        Smoother smoother = smoother(1);
        SmoothedState state = smoother.initialState();
        for (int step = 0; step < 50; step++) {
            smoother.observe(state, step % 2);
        }
        double scale = smoother.scale(state);

        for (int step = 0; step < 50; step++) {
            smoother.assume(state, anchor(smoother, state, 1));
        }

        assertThat(smoother.scale(state)).isEqualTo(scale);
    }

    @Test
    void withoutScalingAndAnchorTheNetworkReadsTheValuesThemselves() {
        var smoother =
                new Smoother(new Smoothing(Anchoring.NONE, Scaling.NONE, List.of(), RATES, RATES, 0, 0.1, 1, false));
        SmoothedState state = smoother.initialState();

        assertThat(smoother.observe(state, 3.5)).isEqualTo(3.5);
        assertThat(smoother.observe(state, -2)).isEqualTo(-2);
        assertThat(anchor(smoother, state, 1)).isZero();
        assertThat(smoother.scale(state)).isEqualTo(1);
    }

    @Test
    void negativesAndZerosStayFinite() {
        Smoother smoother = smoother(4);
        SmoothedState state = smoother.initialState();
        var random = new Random(5);

        for (int step = 0; step < 1000; step++) {
            double value = random.nextInt(3) == 0 ? 0 : random.nextGaussian();
            assertThat(smoother.observe(state, value)).isFinite();
            assertThat(anchor(smoother, state, 4)).isFinite();
        }
    }

    @Test
    void anOutlierOverALevelNearZeroDoesNotMultiplyWhatFollows() {
        Smoother smoother = smoother(4);
        SmoothedState state = smoother.initialState();
        for (int step = 0; step < 40; step++) {
            smoother.observe(state, 1e-6);
        }

        for (int step = 0; step < 40; step++) {
            smoother.observe(state, step == 0 ? 1e9 : 1e-6);
            assertThat(anchor(smoother, state, 4)).isBetween(-1e11, 1e11);
        }
    }

    private static double anchor(Smoother smoother, SmoothedState state, int ahead) {
        double[] anchors = new double[ahead];
        smoother.anchors(state, anchors);
        return anchors[ahead - 1];
    }
}
