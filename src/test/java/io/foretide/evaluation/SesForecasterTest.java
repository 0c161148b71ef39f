package io.foretide.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foretide.series.Forecast;
import io.foretide.series.QuantileLevel;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SesForecasterTest {
    private static final QuantileLevel HIGH = new QuantileLevel(0.9);
    private static final double Z = 1.2815515655446004;
    private static final double MISSING = Double.NaN;

    private static Forecast forecast(int horizon, double... past) {
        return new SesForecaster().forecast(SampleSeries.of("a", past), horizon, List.of(HIGH));
    }

    @Test
    void repeatsTheMeanOfWhatOnlyVaries() {
        // A level that moves at all is worse after −1 and 1 in turn: α is the least, and ℓ stays all but the mean.
        var forecast = forecast(3, 4, 6, 4, 6, 4, 6, 4, 6);

        assertThat(forecast.mean()).containsExactly(new double[] {5, 5, 5}, within(0.001));
        assertThat(forecast.at(HIGH)).containsExactly(new double[] {5 + Z, 5 + Z, 5 + Z}, within(0.001));
    }

    @Test
    void followsALevelThatJumpsAndStays() {
        // α is the greatest: one error of 10 in eight steps, and the level is there.
        var forecast = forecast(2, 0, 0, 0, 0, 10, 10, 10, 10);

        double deviation = Math.sqrt(10 * 10 / 8.0);
        assertThat(forecast.mean()).containsExactly(new double[] {10, 10}, within(0.001));
        assertThat(forecast.at(HIGH))
                .containsExactly(
                        new double[] {10 + Z * deviation, 10 + Z * deviation * Math.sqrt(1 + 0.9999 * 0.9999)},
                        within(0.001));
    }

    @Test
    void leavesTheLevelAsItIsWhereAValueIsMissing() {
        assertThat(forecast(2, 1, 3, MISSING, MISSING, 2, 4).mean())
                .containsExactly(forecast(2, 1, 3, 2, 4).mean());
        assertThat(forecast(1, 1, 2, 4, 7, 8, MISSING).at(HIGH)[0])
                .isEqualTo(forecast(2, 1, 2, 4, 7, 8).at(HIGH)[1]);
    }

    @Test
    void findsTheRateAndTheFirstLevelWithTheLeastError() {
        for (long seed = 1; seed <= 20; seed++) {
            double[] values = noisyLevel(new Random(seed), seed / 20.0);

            var found = ExponentialSmoothing.of(values);

            assertThat(squaredError(values, found.alpha(), found.first()))
                    .isCloseTo(found.squaredError(), within(1e-9 * found.squaredError()));
            for (double alpha = 0.001; alpha < 1; alpha += 0.001) {
                for (double first : new double[] {found.first(), found.first() + 0.1, found.first() - 0.1}) {
                    assertThat(squaredError(values, alpha, first)).isGreaterThan(0.99999 * found.squaredError());
                }
            }
        }
    }

    @Test
    void remembersItsFirstLevelOverManyValues() {
        double[] values = noisyLevel(new Random(3), 0.5);
        double[] far = IntStream.range(0, 5000)
                .mapToDouble(t -> values[t % values.length])
                .toArray();

        var found = ExponentialSmoothing.of(far);

        assertThat(squaredError(far, found.alpha(), found.first()))
                .isCloseTo(found.squaredError(), within(1e-9 * found.squaredError()));
    }

    /** A level that moves by a share of each disturbance, which is what this method is the best for. */
    private static double[] noisyLevel(Random random, double alpha) {
        double[] values = new double[80];
        double level = 50;
        for (int t = 0; t < values.length; t++) {
            double error = random.nextGaussian();
            values[t] = level + error;
            level += alpha * error;
        }
        return values;
    }

    private static double squaredError(double[] values, double alpha, double first) {
        double level = first;
        double squares = 0;
        for (double value : values) {
            double error = value - level;
            squares += error * error;
            level += alpha * error;
        }
        return squares;
    }
}
