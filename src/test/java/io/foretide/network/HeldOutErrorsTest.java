package io.foretide.network;

import static io.foretide.network.TestNetworks.random;
import static io.foretide.network.TestNetworks.settings;
import static io.foretide.network.TestNetworks.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foretide.series.Covariates;
import io.foretide.series.TimeSeries;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeldOutErrorsTest {
    private static final Predictor PREDICTOR = random(settings(CellType.LSTM, 2, 3, Loss.QUANTILE), 4);

    /** More than are walked together, each with the same number of values to score, after different numbers of steps. */
    private static final List<TimeSeries> SERIES = IntStream.range(0, 37)
            .mapToObj(i -> new TimeSeries("series-" + i, null, complete(i), Covariates.NONE))
            .toList();

    private static double[] complete(int i) {
        double[] target = target(i, 25 + i * 7 % 30);
        for (int step = 0; step < target.length; step++) {
            target[step] = Double.isNaN(target[step]) ? step : target[step];
        }
        return target;
    }

    private static double loss(List<TimeSeries> series) {
        var splits = series.stream()
                .map(one -> new Split(one.length() - 8, one.length()))
                .toList();
        return Objects.requireNonNull(HeldOutErrors.ofValidation(series, splits).loss(PREDICTOR));
    }

    @Test
    void theLossOfManySeriesIsTheMeanOfTheLossesOfEach() {
        double mean =
                SERIES.stream().mapToDouble(one -> loss(List.of(one))).average().orElseThrow();

        assertThat(loss(SERIES)).isCloseTo(mean, within(1e-9 * mean));
    }

    @Test
    void seriesOfOneStepHaveNothingToTell() {
        var series = List.of(new TimeSeries("a", null, new double[] {3}, Covariates.NONE));

        var errors = HeldOutErrors.ofTraining(series, List.of(new Split(1, 1)), 2);

        assertThat(errors.isEmpty()).isTrue();
    }
}
