package io.foretide.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.series.Covariates;
import io.foretide.series.TimeSeries;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsTest {
    private static final int HORIZON = 3;
    private static final int CONTEXT = 24;

    /** Values are their own steps, so that every label tells which step it came from. */
    private static Windows windows(List<TimeSeries> series, List<Split> splits) {
        return windows(
                series,
                splits,
                new Smoothing(Anchoring.NONE, Scaling.NONE, List.of(), List.of(0.5), List.of(0.2), 0, 0.1, 1, false));
    }

    private static Windows windows(List<TimeSeries> series, List<Split> splits, Smoothing smoothing) {
        Settings base = TestNetworks.settings(CellType.LSTM, 1, HORIZON, Loss.QUANTILE);
        ForecastSettings forecast = new ForecastSettings(
                HORIZON, CONTEXT, base.forecast().quantiles(), 1, Loss.QUANTILE, Scaling.NONE, Anchoring.NONE);
        var settings = new Settings(forecast, base.network(), base.training());
        return new Windows(series, splits, settings, new Smoother(smoothing));
    }

    @Test
    void labelsAreTheNextValuesAndNeverLeaveTheTrainingPart() {
        var windows = windows(TestNetworks.series(1, 80, step -> step), List.of(new Split(60, 70)));

        for (int start : new int[] {0, 10, 35}) {
            Windows.Batch batch = windows.batch(List.of(new Windows.Window(0, start)));

            for (int at = 0; at < batch.steps(); at++) {
                assertThat(batch.inputs()[at]).isEqualTo(start + at);
                for (int ahead = 1; ahead <= HORIZON; ahead++) {
                    float label = batch.labels()[(ahead - 1) * batch.steps() + at];
                    boolean warm = start == 0 || at >= CONTEXT / 4;
                    if (warm && start + at + ahead < 60) {
                        assertThat(label).isEqualTo(start + at + ahead);
                    } else {
                        assertThat(label).isNaN();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 257, 511, 512, 1000})
    void aWindowHasTheBitsOfAWalkFromTheBeginning(int start) {
        var smoothing =
                new Smoothing(Anchoring.AUTO, Scaling.AUTO, List.of(4), List.of(0.3), List.of(0.2), 0.5, 0.1, 1, false);
        double[] target = TestNetworks.target(3, 1100);
        var series = List.of(new TimeSeries("long", null, target, Covariates.NONE));

        Windows.Batch batch =
                windows(series, List.of(new Split(1100, 1100)), smoothing).batch(List.of(new Windows.Window(0, start)));

        var smoother = new Smoother(smoothing);
        SmoothedState state = smoother.initialState();
        float[] row = new float[Inputs.COUNT];
        for (int step = 0; step < start + batch.steps(); step++) {
            double surprise = smoother.observe(state, target[step]);
            Inputs.write(smoother, state, surprise, Double.isNaN(target[step]), row);
            for (int i = 0; i < Inputs.COUNT && step >= start; i++) {
                assertThat(batch.inputs()[i * batch.steps() + step - start]).isEqualTo(row[i]);
            }
        }
        double next = target[start + batch.steps()];
        double label = (next - smoother.anchor(state)) / smoother.scale(state);
        assertThat(batch.labels()[batch.steps() - 1]).isEqualTo((float) label);
    }

    @Test
    void missingFutureValuesAreNoLabels() {
        var windows =
                windows(TestNetworks.series(1, 40, step -> step == 7 ? Double.NaN : step), List.of(new Split(40, 40)));

        Windows.Batch batch = windows.batch(List.of(new Windows.Window(0, 0)));

        assertThat(batch.labels()[6]).isNaN();
        assertThat(batch.inputs()[batch.steps() + 7]).isEqualTo(1); // the mask
        assertThat(batch.labels()[7]).isEqualTo(8);
    }

    @Test
    void shorterSeriesOfABatchArePaddedBehindTheirEnd() {
        var series = List.of(
                TestNetworks.series(1, 30, step -> step).getFirst(),
                TestNetworks.series(1, 10, step -> step).getFirst());
        var windows = windows(series, List.of(new Split(30, 30), new Split(10, 10)));

        Windows.Batch batch = windows.batch(List.of(new Windows.Window(0, 0), new Windows.Window(1, 0)));

        int second = 2 * HORIZON * batch.steps();
        assertThat(batch.labels()[second + 8]).isEqualTo(9);
        for (int at = 9; at < batch.steps(); at++) {
            assertThat(batch.labels()[second + at]).isNaN();
        }
    }

    @Test
    void theSameSeedDrawsTheSameWindows() {
        var windows = windows(
                TestNetworks.series(5, 200, step -> step), java.util.Collections.nCopies(5, new Split(180, 190)));

        assertThat(windows.draw(new SplittableRandom(4))).isEqualTo(windows.draw(new SplittableRandom(4)));
        assertThat(windows.draw(new SplittableRandom(4))).isNotEqualTo(windows.draw(new SplittableRandom(5)));
    }
}
