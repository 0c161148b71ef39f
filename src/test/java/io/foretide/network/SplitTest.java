package io.foretide.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.series.Covariates;
import io.foretide.series.TimeSeries;
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
}
