package io.foretide.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foretide.series.Covariates;
import io.foretide.series.TimeSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    private static final int HORIZON = 3;

    /** Noise around 50: what a network adds to the anchor is of no use, and its distances fit no better than by luck. */
    private static List<TimeSeries> noise(long seed) {
        return noise(seed, 0);
    }

    /** The same, but on their last days all series are off by as much. */
    private static List<TimeSeries> noise(long seed, double off) {
        var random = new Random(seed);
        List<TimeSeries> series = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            double[] target = IntStream.range(0, 60)
                    .mapToDouble(step -> 50 + random.nextGaussian() + (step < 60 - HORIZON ? 0 : off))
                    .toArray();
            series.add(new TimeSeries("series-" + i, null, target, Covariates.NONE));
        }
        return series;
    }

    private static Predictor untrained() {
        return TestNetworks.random(TestNetworks.settings(CellType.GRU, 1, HORIZON, Loss.QUANTILE), 3);
    }

    private static Calibration calibration(Predictor predictor, List<TimeSeries> series) {
        return calibration(predictor, series, 40);
    }

    private static Calibration calibration(Predictor predictor, List<TimeSeries> series, int trainingEnd) {
        List<Split> splits =
                series.stream().map(_ -> new Split(trainingEnd, 60)).toList();
        return Calibration.of(predictor, HeldOutErrors.ofValidation(series, splits));
    }

    @Test
    void believesAsMuchOfTheNetworkAsHasTheLeastError() {
        Predictor untrained = untrained();
        double share = calibration(untrained, noise(1)).share();

        double error = error(untrained, noise(1), share);

        assertThat(share).isBetween(0.05, 0.95);
        assertThat(error).isLessThan(error(untrained, noise(1), share - 0.05));
        assertThat(error).isLessThan(error(untrained, noise(1), share + 0.05));
    }

    /** The absolute error of the medians, where so much of them counts. */
    private static double error(Predictor predictor, List<TimeSeries> series, double share) {
        List<Split> splits = series.stream().map(_ -> new Split(40, 60)).toList();
        double[] sum = new double[1];
        HeldOutErrors.ofValidation(series, splits).walk(predictor, (place, label, _, outputs) -> {
            float[] ascending = Arrays.copyOfRange(outputs, 5 * (place.ahead() - 1), 5 * place.ahead());
            Arrays.sort(ascending);
            sum[0] += Math.abs(label - share * ascending[2]);
        });
        return sum[0];
    }

    @Test
    void theLevelsOfAnyNetworkCoverWhatTheyClaim() {
        Predictor untrained = untrained();
        Calibration calibration = calibration(untrained, noise(1));
        Predictor calibrated = with(untrained, calibration);

        assertThat(coverage(untrained, noise(2))).isNotCloseTo(0.9, within(0.05));
        assertThat(coverage(calibrated, noise(2))).isCloseTo(0.9, within(0.03));
    }

    private static Predictor with(Predictor untrained, Calibration calibration) {
        var head = new QuantileHead(untrained.settings().forecast().quantiles(), calibration);
        return new Predictor(untrained.settings(), untrained.smoothing(), untrained.members(), head, untrained.seen());
    }

    @Test
    void whatAllSeriesHadInCommonMayBeTheOtherWayRoundNextTime() {
        Predictor untrained = untrained();

        Calibration calibration = calibration(untrained, noise(1, 2), 60 - HORIZON);

        // Walks that had quiet days would adapt to them.
        Predictor calibrated = with(untrained, new Calibration(calibration.share(), calibration.stretches(), false));
        assertThat(coverage(calibrated, noise(2, 2))).isGreaterThan(0.75);
        assertThat(coverage(calibrated, noise(3, -2))).isGreaterThan(0.75);
    }

    /** How many of the next values lie between the levels .05 and .95. */
    private static double coverage(Predictor predictor, List<TimeSeries> series) {
        int inside = 0;
        for (TimeSeries one : series) {
            double[] context = Arrays.copyOf(one.target(), 57);
            double[][] quantiles = predictor
                    .predict(context, HORIZON, predictor.settings().forecast().quantiles())
                    .quantiles();
            for (int h = 0; h < HORIZON; h++) {
                double value = one.target()[57 + h];
                inside += value >= quantiles[0][h] && value <= quantiles[4][h] ? 1 : 0;
            }
        }
        return inside / (double) (HORIZON * series.size());
    }

    @Test
    void withoutHeldOutValuesNothingIsChanged() {
        Calibration calibration = calibration(untrained(), List.of());

        assertThat(calibration.share()).isEqualTo(1);
        assertThat(calibration.stretches()).hasDimensions(HORIZON, 5);
        assertThat(Arrays.stream(calibration.stretches()).flatMapToDouble(Arrays::stream))
                .containsOnly(1.0);
    }
}
