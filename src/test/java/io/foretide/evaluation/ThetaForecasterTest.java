package io.foretide.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.foretide.series.Forecast;
import io.foretide.series.QuantileLevel;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThetaForecasterTest {
    private static final QuantileLevel HIGH = new QuantileLevel(0.9);
    private static final double[] FACTORS = {0.5, 1, 1.5, 1};
    private static final double[] OFFSETS = {-2, 0, 2, 0};

    private static Forecast forecast(int seasonLength, int horizon, double... past) {
        return new ThetaForecaster(seasonLength).forecast(SampleSeries.of("a", past), horizon, List.of(HIGH));
    }

    private static double[] line(int count) {
        return IntStream.rangeClosed(1, count).asDoubleStream().toArray();
    }

    private static double[] multiplied(int from, int to, double level) {
        return IntStream.range(from, to)
                .mapToDouble(t -> level * FACTORS[t % 4])
                .toArray();
    }

    private static double[] added(int from, int to, double level) {
        return IntStream.range(from, to)
                .mapToDouble(t -> level + OFFSETS[t % 4])
                .toArray();
    }

    @Test
    void goesOnFromALineAtHalfItsSlope() {
        // α is 0.9999, so ℓ is the last value, 10; half the slope is ½, first once and then at each further step.
        assertThat(forecast(1, 3, line(10)).mean()).containsExactly(new double[] {10.5, 11, 11.5}, within(0.001));
    }

    @Test
    void countsTheStepsOfMissingValues() {
        double[] holed = line(12);
        holed[4] = Double.NaN;
        holed[10] = Double.NaN;
        holed[11] = Double.NaN;

        assertThat(forecast(1, 1, holed).mean()).containsExactly(new double[] {11.5}, within(0.001));
    }

    @Test
    void putsBackASeasonThatMultiplies() {
        var forecast = forecast(4, 6, multiplied(0, 30, 100));

        assertThat(forecast.mean()).containsExactly(multiplied(30, 36, 100), within(1e-9));
    }

    @Test
    void putsBackASeasonThatIsAddedWhereValuesAreNotAllPositive() {
        var forecast = forecast(4, 6, added(0, 30, -1));

        assertThat(forecast.mean()).containsExactly(added(30, 36, -1), within(1e-9));
    }

    @Test
    void isAsWideAsItsSeasonIsHigh() {
        double[] past = multiplied(0, 40, 100);
        for (int t = 0; t < past.length; t++) {
            past[t] *= 1 + 0.05 * ((t / 4 + t) % 2 == 0 ? 1 : -1);
        }

        var forecast = forecast(4, 4, past);

        double[] widths = IntStream.range(0, 4)
                .mapToDouble(h -> (forecast.at(HIGH)[h] - forecast.mean()[h]) / FACTORS[h])
                .toArray();
        assertThat(DoubleStream.of(widths).boxed())
                .allSatisfy(width -> assertThat(width).isBetween(5.0, 8.0));
    }

    @Test
    void findsTheSeasonBetweenMissingValues() {
        double[] past = multiplied(0, 60, 100);
        for (int t = 3; t < past.length; t += 7) {
            past[t] = Double.NaN;
        }

        assertThat(forecast(4, 4, past).mean()).containsExactly(multiplied(60, 64, 100), within(15.0));
    }

    @Test
    void findsNoSeasonInTwo() {
        assertThat(Season.of(Observations.of(multiplied(0, 8, 100)), 4)).isSameAs(Season.NONE);
        assertThat(Season.of(Observations.of(multiplied(0, 24, 100)), 4).factors())
                .containsExactly(FACTORS, within(1e-9));
    }

    @Test
    void findsNoSeasonInWhatMayBeChance() {
        // Two in turn: opposite at a lag of 7, but no more than the correlations at the lags before it explain.
        double[] alternating =
                IntStream.range(0, 30).mapToDouble(t -> 5 + t % 2).toArray();

        assertThat(Season.of(Observations.of(alternating), 7)).isSameAs(Season.NONE);
    }

    @Test
    void addsASeasonThatFallsToAllButNothing() {
        double[] past =
                IntStream.range(0, 40).mapToDouble(t -> t % 4 == 0 ? 1e-6 : 100).toArray();

        assertThat(Season.of(Observations.of(past), 4).factors()).containsOnly(1);
        assertThat(forecast(4, 4, past).mean()).containsExactly(new double[] {1e-6, 100, 100, 100}, within(1e-9));
    }

    @Test
    void refusesASeasonOfNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ThetaForecaster(0));
    }
}
