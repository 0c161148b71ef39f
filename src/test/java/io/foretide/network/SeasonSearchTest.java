package io.foretide.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.series.Covariates;
import io.foretide.series.TimeSeries;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeasonSearchTest {
    private static int seasonLength(int length, IntToDoubleFunction value) {
        double[] target = IntStream.range(0, length).mapToDouble(value).toArray();
        return SeasonSearch.seasonLength(List.of(new TimeSeries("a", null, target, Covariates.NONE)));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 7, 12, 24, 52})
    void findsASeasonUnderATrendAndNoise(int season) {
        var random = new Random(season);

        int found = seasonLength(
                10 * season,
                step -> 0.3 * step + 10 * Math.sin(2 * Math.PI * step / season) + 2 * random.nextGaussian());

        assertThat(found).isEqualTo(season);
    }

    @Test
    void aMultipleOfTheSeasonIsNone() {
        assertThat(seasonLength(300, step -> step % 6)).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noiseHasNoSeason(long seed) {
        var random = new Random(seed);

        assertThat(seasonLength(400, _ -> random.nextGaussian())).isEqualTo(1);
    }

    @Test
    void aTrendHasNoSeason() {
        assertThat(seasonLength(200, step -> step * step)).isEqualTo(1);
    }

    @Test
    void whatIsSeenLessThanThreeTimesIsNoSeason() {
        assertThat(seasonLength(29, step -> step % 10)).isEqualTo(1);
    }

    @Test
    void emptyConstantAndMissingSeriesHaveNone() {
        assertThat(seasonLength(0, _ -> 0)).isEqualTo(1);
        assertThat(seasonLength(100, _ -> 5)).isEqualTo(1);
        assertThat(seasonLength(100, _ -> Double.NaN)).isEqualTo(1);
    }

    @Test
    void seesThroughMissingValues() {
        assertThat(seasonLength(120, step -> step % 5 == 3 ? Double.NaN : step % 12))
                .isEqualTo(12);
    }
}
