package io.foretide.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foretide.series.Forecast;
import io.foretide.series.QuantileLevel;
import io.foretide.series.TimeSeries;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for all of the simple forecasts. */
class BaselineTest {
    private static final int SEASON = 4;
    private static final int HORIZON = 7;
    private static final List<QuantileLevel> LEVELS =
            List.of(new QuantileLevel(0.1), QuantileLevel.MEDIAN, new QuantileLevel(0.9));

    static Stream<Arguments> baselinesAndSeeds() {
        return Arrays.stream(Baseline.values())
                .flatMap(baseline -> IntStream.rangeClosed(1, 8).mapToObj(seed -> Arguments.of(baseline, (long) seed)));
    }

    /** A walk around zero with a season, of a length between 1 and 60, a tenth of it missing. */
    private static double[] walk(long seed) {
        var random = new Random(seed);
        double[] values = new double[1 + random.nextInt(60)];
        double level = 0;
        for (int t = 0; t < values.length; t++) {
            level += random.nextGaussian();
            values[t] = random.nextInt(10) == 0 ? Double.NaN : level + 3 * (t % SEASON) - 5;
        }
        values[random.nextInt(values.length)] = -8; // at least one is observed, and below zero
        return values;
    }

    private static Forecast forecast(Baseline baseline, double... past) {
        return baseline.forecaster(SEASON).forecast(SampleSeries.of("a", past), HORIZON, LEVELS);
    }

    private static double[] each(double[] values, DoubleUnaryOperator change) {
        return DoubleStream.of(values).map(change).toArray();
    }

    private static void assertClose(Forecast actual, Forecast expected, DoubleUnaryOperator change) {
        assertThat(actual.mean()).containsExactly(each(expected.mean(), change), within(1e-6));
        for (QuantileLevel level : LEVELS) {
            assertThat(actual.at(level)).containsExactly(each(expected.at(level), change), within(1e-6));
        }
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("baselinesAndSeeds")
    void isShiftedByAConstant(Baseline baseline, long seed) {
        double[] past = walk(seed);

        var shifted = forecast(baseline, each(past, value -> value - 1000));

        assertClose(shifted, forecast(baseline, past), value -> value - 1000);
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("baselinesAndSeeds")
    void isScaledByAFactor(Baseline baseline, long seed) {
        double[] past = each(walk(seed), value -> seed % 2 == 0 ? value : value + 100);

        var scaled = forecast(baseline, each(past, value -> value * 8));

        assertClose(scaled, forecast(baseline, past), value -> value * 8);
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("baselinesAndSeeds")
    void looksAtNothingBeyondItsContextAndChangesNothingOfIt(Baseline baseline, long seed) {
        double[] past = walk(seed);
        double[] longer = Arrays.copyOf(past, past.length + 20);
        Arrays.fill(longer, past.length, longer.length, 1e6);
        TimeSeries context = SampleSeries.of("a", longer).knownAt(past.length, 0);

        var forecast = baseline.forecaster(SEASON).forecast(context, HORIZON, LEVELS);

        assertThat(forecast.mean()).containsExactly(forecast(baseline, past).mean());
        assertThat(forecast.quantiles()).isDeepEqualTo(forecast(baseline, past).quantiles());
        assertThat(context.target()).containsExactly(past);
    }

    @ParameterizedTest
    @EnumSource
    void forecastsManyAsItDoesOneByOne(Baseline baseline) {
        List<TimeSeries> contexts = IntStream.range(0, 20)
                .mapToObj(seed -> SampleSeries.of("a", walk(seed)))
                .toList();

        var together = baseline.forecaster(SEASON).forecastAll(contexts, HORIZON, LEVELS);

        assertThat(together).hasSameSizeAs(contexts);
        for (int i = 0; i < together.size(); i++) {
            var alone = forecast(baseline, contexts.get(i).target());
            assertThat(together.get(i).mean()).containsExactly(alone.mean());
            assertThat(together.get(i).quantiles()).isDeepEqualTo(alone.quantiles());
        }
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("baselinesAndSeeds")
    void givesFiniteQuantilesThatNeverCrossAndNeverNarrowAgain(Baseline baseline, long seed) {
        var forecast = forecast(baseline, walk(seed));

        double narrowest = 0;
        for (int h = 0; h < HORIZON; h++) {
            double low = forecast.quantiles()[0][h];
            double high = forecast.quantiles()[2][h];
            assertThat(low).isFinite().isLessThanOrEqualTo(forecast.mean()[h]);
            assertThat(high).isFinite().isGreaterThanOrEqualTo(forecast.mean()[h]);
            assertThat(high - low).isGreaterThanOrEqualTo(narrowest - 1e-9);
            narrowest = high - low;
        }
    }

    @ParameterizedTest
    @EnumSource
    void repeatsAConstantWithoutAnyWidth(Baseline baseline) {
        for (double value : new double[] {0, -0.1, 1e9 / 3}) {
            for (int length : new int[] {1, 2, 3, SEASON, 50}) {
                double[] past = new double[length];
                Arrays.fill(past, value);
                double[] expected = new double[HORIZON];
                Arrays.fill(expected, value);

                var forecast = forecast(baseline, past);

                assertThat(forecast.mean()).containsExactly(expected);
                assertThat(forecast.quantiles()).isDeepEqualTo(new double[][] {expected, expected, expected});
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void knowsASingleValueAmongMissingOnes(Baseline baseline) {
        double[] past = new double[30];
        Arrays.fill(past, Double.NaN);
        past[11] = -5;

        assertThat(forecast(baseline, past).mean()).containsOnly(-5);
    }

    @Test
    void areAllMeasuredAsTheModelIs() {
        var plan = new Backtest.Plan(6, 3, 6, 12);
        for (Baseline baseline : Baseline.values()) {
            var report = Backtest.run(
                    baseline.forecaster(12), List.of(SampleSeries.airPassengers()), plan, WindowFilter.NONE);

            assertThat(report.baseline(baseline)).isEqualTo(report.model());
            assertThat(report.perHorizon())
                    .hasSize(6)
                    .allSatisfy(step -> assertThat(step.baseline(baseline)).isEqualTo(step.model()));
        }
    }

    @Test
    void areNamedAsOnTheWire() {
        assertThat(Baseline.values())
                .extracting(Baseline::wireName)
                .containsExactly("naive", "seasonal_naive", "drift", "ses", "theta");
    }
}
