package io.foretide.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foretide.series.Forecast;
import io.foretide.series.QuantileLevel;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftForecasterTest {
    private static final QuantileLevel HIGH = new QuantileLevel(0.9);
    private static final double Z = 1.2815515655446004;
    private static final double MISSING = Double.NaN;

    private static Forecast forecast(int horizon, double... past) {
        return new DriftForecaster().forecast(SampleSeries.of("a", past), horizon, List.of(HIGH));
    }

    @Test
    void goesOnAlongTheLineThroughBothEnds() {
        assertThat(forecast(3, 1, 9, 4, 7).mean()).containsExactly(9, 11, 13);
    }

    @Test
    void widensWithTheDoubtAboutTheSlope() {
        // The differences are 1, 3, 1, 3: their standard deviation is 1. T is 5.
        var forecast = forecast(2, 0, 1, 4, 5, 8);

        assertThat(forecast.at(HIGH))
                .containsExactly(
                        new double[] {10 + Z * Math.sqrt(1 * (1 + 1 / 5.0)), 12 + Z * Math.sqrt(2 * (1 + 2 / 5.0))},
                        within(1e-9));
    }

    @Test
    void countsTheStepsOfMissingValues() {
        assertThat(forecast(2, 1, MISSING, 5).mean()).containsExactly(7, 9);
        assertThat(forecast(2, MISSING, 1, 3, MISSING).mean()).containsExactly(7, 9);
    }
}
