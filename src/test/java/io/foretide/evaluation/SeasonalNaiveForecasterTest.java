package io.foretide.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.foretide.series.Forecast;
import io.foretide.series.QuantileLevel;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeasonalNaiveForecasterTest {
    private static final double MISSING = Double.NaN;
    private static final List<QuantileLevel> LEVELS =
            List.of(new QuantileLevel(0.1), QuantileLevel.MEDIAN, new QuantileLevel(0.9));

    private static Forecast forecast(int seasonLength, int horizon, double... past) {
        return new SeasonalNaiveForecaster(seasonLength).forecast(SampleSeries.of("a", past), horizon, LEVELS);
    }

    @Test
    void repeatsTheLastSeason() {
        var forecast = forecast(3, 5, 9, 9, 9, 1, 2, 3);

        assertThat(forecast.mean()).containsExactly(1, 2, 3, 1, 2);
        assertThat(forecast.at(QuantileLevel.MEDIAN)).containsExactly(1, 2, 3, 1, 2);
    }

    @Test
    void repeatsTheLastValueWhereASeasonIsNotThere() {
        assertThat(forecast(12, 3, 1, 2, 5).mean()).containsExactly(5, 5, 5);
        assertThat(forecast(1, 2, 1, 2, 5).mean()).containsExactly(5, 5);
    }

    @Test
    void widensWithTheSquareRootOfTheSeasonsAhead() {
        // The differences at lag 2 are 2, 4, 2, 4: their standard deviation is 1.
        var forecast = forecast(2, 5, 0, 0, 2, 4, 4, 8);

        double z = 1.2815515655446004;
        assertThat(forecast.at(new QuantileLevel(0.9)))
                .containsExactly(
                        new double[] {4 + z, 8 + z, 4 + z * Math.sqrt(2), 8 + z * Math.sqrt(2), 4 + z * Math.sqrt(3)},
                        within(1e-9));
        assertThat(forecast.at(new QuantileLevel(0.1)))
                .containsExactly(
                        new double[] {4 - z, 8 - z, 4 - z * Math.sqrt(2), 8 - z * Math.sqrt(2), 4 - z * Math.sqrt(3)},
                        within(1e-9));
    }

    @Test
    void hasNoWidthWhereDifferencesAreTooFewToTell() {
        assertThat(forecast(1, 1, 3, 5).at(new QuantileLevel(0.9))).containsExactly(5);
        assertThat(forecast(1, 1, 3).at(new QuantileLevel(0.9))).containsExactly(3);
    }

    @Test
    void passesOverMissingValues() {
        assertThat(forecast(1, 2, 1, 2, MISSING).mean()).containsExactly(2, 2);
        assertThat(forecast(2, 4, 1, 2, 3, MISSING).mean()).containsExactly(3, 2, 3, 2);
        assertThat(forecast(2, 2, 1, MISSING, 3, MISSING).mean()).containsExactly(3, 3);
        assertThat(forecast(1, 1, 1, 2, MISSING, 4, 7).at(new QuantileLevel(0.9)))
                .containsExactly(new double[] {7 + 1.2815515655446004}, within(1e-9));
    }

    @Test
    void refusesASeasonOfNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SeasonalNaiveForecaster(0));
    }
}
