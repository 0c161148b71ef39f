package io.foretide.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.foretide.series.Covariates;
import io.foretide.series.TimeSeries;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SmoothingFitTest {
    private static Smoothing chosen(Loss loss, IntToDoubleFunction value) {
        List<TimeSeries> series =
                IntStream.range(0, 20).mapToObj(i -> series(i, 60, value)).toList();
        return chosen(loss, series, () -> false);
    }

    private static TimeSeries series(int number, int length, IntToDoubleFunction value) {
        double[] target = IntStream.range(0, length).mapToDouble(value).toArray();
        return new TimeSeries("series-" + number, null, target, Covariates.NONE);
    }

    private static Smoothing chosen(Loss loss, List<TimeSeries> series, BooleanSupplier over) {
        var asked = new ForecastOptions(4, null, null, 1, loss, null, null);
        Plan.Planned planned = Plan.complete(series, asked, NetworkOptions.NONE, TrainingOptions.NONE);
        List<Split> splits = series.stream()
                .map(one -> new Split(one.length() - 10, one.length()))
                .toList();
        return SmoothingFit.of(planned, series, splits, over);
    }

    /** A hundred, of which every fourth follows a line, and the others turn around where forecasts begin. */
    private static List<TimeSeries> fewLines() {
        return IntStream.range(0, 100)
                .mapToObj(i -> i % 4 == 0
                        ? series(i, 60, step -> 100 + 3 * step)
                        : series(i, 60, step -> 500 + 3 * (step < 45 ? step : 90 - step)))
                .toList();
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

    @Test
    void decidesByTheSeriesSoFarWhereTheTimeIsOver() {
        double ofAll = chosen(Loss.QUANTILE, fewLines(), () -> false).trend();

        Smoothing ofAFew = chosen(Loss.QUANTILE, fewLines(), () -> true);

        assertThat(ofAll).isLessThan(1);
        assertThat(ofAFew.trend()).as("each fourth lies among the first ones").isEqualTo(1);
        assertThat(ofAFew.typicalScale()).isLessThan(3);
    }

    @Test
    void followsNoLineWhereThereWasNoTimeForASingleSeries() {
        List<TimeSeries> series = List.of(series(0, 10_000, step -> 100 + 3 * step));

        assertThat(chosen(Loss.QUANTILE, series, () -> false).trend()).isEqualTo(1);
        assertThat(chosen(Loss.QUANTILE, series, () -> true).trend()).isZero();
    }

    @Test
    void endsWithinASeriesWhereTheTrainingIsCancelled() {
        List<TimeSeries> series = List.of(series(0, 10_000, step -> step));

        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> chosen(Loss.QUANTILE, series, () -> {
                    throw new CancellationException();
                }));
    }
}
