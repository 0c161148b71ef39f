package io.foretide.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.series.Covariates;
import io.foretide.series.TimeSeries;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SmoothingFitTest {
    private static Smoothing chosen(Loss loss, IntToDoubleFunction value) {
        List<TimeSeries> series = IntStream.range(0, 20)
                .mapToObj(i -> new TimeSeries(
                        "series-" + i,
                        null,
                        IntStream.range(0, 60).mapToDouble(value).toArray(),
                        Covariates.NONE))
                .toList();
        var asked = new ForecastOptions(4, null, null, 1, loss, null, null);
        Plan.Planned planned = Plan.complete(series, asked, NetworkOptions.NONE, TrainingOptions.NONE);
        List<Split> splits = series.stream().map(_ -> new Split(50, 60)).toList();
        return SmoothingFit.of(planned, series, splits);
    }

    @Test
    void followsALineWhole() {
        assertThat(chosen(Loss.QUANTILE, step -> 100 + 3 * step).trend()).isEqualTo(1);
    }

    @Test
    void followsNoLineWhereLevelsMerelyWander() {
        double[] walk = new double[60];
        var random = new Random(3);
        for (int step = 1; step < walk.length; step++) {
            walk[step] = (step < 30 ? step : 60 - step) + 0.1 * random.nextGaussian();
        }

        assertThat(chosen(Loss.QUANTILE, step -> 50 + walk[step]).trend()).isLessThan(1);
    }

    @Test
    void hasNoAnchorForTheMedianOfWhatIsMostlyZero() {
        var random = new Random(1);
        IntToDoubleFunction demand = _ -> random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 0;

        assertThat(chosen(Loss.QUANTILE, demand).anchoring()).isEqualTo(Anchoring.NONE);
        assertThat(chosen(Loss.NEGATIVE_BINOMIAL, demand).anchoring()).isEqualTo(Anchoring.AUTO);
    }
}
