package io.foretide.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.series.Covariates;
import io.foretide.series.TimeSeries;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {
    private static Split split(String itemId, int length, double validationSplit) {
        Settings base = TestNetworks.settings(CellType.LSTM, 1, 6, Loss.QUANTILE);
        var training = new TrainingSettings(1, 1, 0.1, Optimizer.SGD, 1, null, 0, 1, validationSplit, 1, null);
        return Split.of(new TimeSeries(itemId, null, new double[length], Covariates.NONE), base.forecast(), training);
    }

    @Test
    void holdsOutAHorizonForChoiceAndAHorizonForMeasures() {
        assertThat(split("a", 50, 0.1)).isEqualTo(new Split(38, 44));
    }

    @Test
    void holdsOutTheFractionThatWasAskedFor() {
        assertThat(split("a", 1000, 0.2)).isEqualTo(new Split(800, 900));
    }

    @Test
    void shortSeriesGiveOnePartAndVeryShortOnesNone() {
        assertThat(split("a", 16, 0.1)).isEqualTo(new Split(10, 16));
        assertThat(split("b", 16, 0.1)).isEqualTo(new Split(10, 10));
        assertThat(split("a", 9, 0.1)).isEqualTo(new Split(9, 9));
    }

    @Test
    void holdsNothingOutWhereNothingIsAskedFor() {
        assertThat(split("a", 1000, 0)).isEqualTo(new Split(1000, 1000));
    }

    private static List<Split> splits(double validationSplit, int... lengths) {
        Settings base = TestNetworks.settings(CellType.LSTM, 1, 6, Loss.QUANTILE);
        var training = new TrainingSettings(1, 1, 0.1, Optimizer.SGD, 1, null, 0, 1, validationSplit, 1, null);
        List<TimeSeries> series = IntStream.of(lengths)
                .mapToObj(length -> new TimeSeries("a" + length, null, new double[length], Covariates.NONE))
                .toList();
        return Split.of(series, base.forecast(), training);
    }

    @Test
    void holdsEveryFourthOfSeriesBackThatAreTooShort() {
        assertThat(splits(0.1, 8, 9, 10, 8, 8, 8, 8, 3))
                .containsExactly(
                        new Split(8, 8),
                        new Split(9, 9),
                        new Split(10, 10),
                        new Split(2, 8),
                        new Split(8, 8),
                        new Split(8, 8),
                        new Split(8, 8),
                        new Split(1, 3));
    }

    @Test
    void learnsFromAllTooShortSeriesWhereOthersHoldEnoughOutOrNothingIsAskedFor() {
        assertThat(splits(0.1, 8, 8, 50, 8, 8, 50))
                .filteredOn(new Split(8, 8)::equals)
                .hasSize(4);
        assertThat(splits(0, 8, 8, 8, 8)).containsOnly(new Split(8, 8));
        assertThat(splits(0.1, 8)).containsExactly(new Split(8, 8));
    }
}
