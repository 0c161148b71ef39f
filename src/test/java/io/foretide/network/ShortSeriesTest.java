package io.foretide.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.series.Covariates;
import io.foretide.series.Forecast;
import io.foretide.series.TimeSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Series of which a horizon can hardly be held out. */
class ShortSeriesTest {
    private static final int HORIZON = 6;
    private static final int COUNT = 100;

    /** Random walks with a drift, seen through noise; the last horizon is to be forecast. */
    private static double[][] walks(int longest) {
        var random = new Random(5);
        double[][] walks = new double[COUNT][];
        for (int i = 0; i < COUNT; i++) {
            int length = i % 2 == 0 ? 7 + i / 2 % 5 : longest - i / 2 % 5;
            double level = 100, drift = random.nextGaussian();
            walks[i] = new double[length + HORIZON];
            for (int step = 0; step < walks[i].length; step++) {
                level += drift + 5 * random.nextGaussian();
                walks[i][step] = level + 2 * random.nextGaussian();
            }
        }
        return walks;
    }

    private static double[] past(double[] walk) {
        return Arrays.copyOf(walk, walk.length - HORIZON);
    }

    private static Predictor trained(double[]... pasts) {
        List<TimeSeries> series = new ArrayList<>();
        for (double[] past : pasts) {
            series.add(new TimeSeries("series-" + series.size(), null, past, Covariates.NONE));
        }
        return new NetworkTrainer(TrainingResources.OF_THIS_MACHINE)
                .train(
                        series,
                        TestNetworks.forecast(HORIZON),
                        NetworkOptions.NONE,
                        TrainingOptions.NONE,
                        TrainingMonitor.SILENT)
                .predictor();
    }

    private static Predictor trained(double[][] walks, int count) {
        return trained(
                Arrays.stream(walks).limit(count).map(ShortSeriesTest::past).toArray(double[][]::new));
    }

    /** The share of what followed walks of 11 values or fewer that lies in the central intervals of 80 % and 95 %. */
    private static double[] coverage(Predictor predictor, double[][] walks) {
        double[] inside = new double[2];
        int count = 0;
        for (double[] walk : walks) {
            if (walk.length > 11 + HORIZON) {
                continue;
            }
            double[][] quantiles = predictor
                    .predict(past(walk), HORIZON, TestNetworks.levels(0.025, 0.1, 0.9, 0.975))
                    .quantiles();
            for (int h = 0; h < HORIZON; h++) {
                double value = walk[walk.length - HORIZON + h];
                inside[0] += value >= quantiles[1][h] && value <= quantiles[2][h] ? 1 : 0;
                inside[1] += value >= quantiles[0][h] && value <= quantiles[3][h] ? 1 : 0;
                count++;
            }
        }
        return new double[] {inside[0] / count, inside[1] / count};
    }

    @Test
    void manyCoverWhatTheyClaim() {
        double[][] walks = walks(11);

        double[] coverage = coverage(trained(walks, COUNT), walks);

        assertThat(coverage[0]).isBetween(0.7, 0.9);
        assertThat(coverage[1]).isGreaterThan(0.9);
    }

    @Test
    void shortOnesAmongLongOnesCoverWhatTheyClaim() {
        double[][] walks = walks(40);

        double[] coverage = coverage(trained(walks, COUNT), walks);

        assertThat(coverage[0]).isBetween(0.7, 0.9);
        assertThat(coverage[1]).isGreaterThan(0.9);
    }

    @Test
    void twoThatAreLearnedWholeAreForecastWithTheErrorsOfTheAnchor() {
        double[][] walks = walks(11);

        double[] coverage = coverage(trained(walks, 2), walks);

        assertThat(coverage[0]).isBetween(0.6, 0.95);
        assertThat(coverage[1]).isGreaterThan(0.85);
    }

    @Test
    void anAnchorThatIsAllThereIsGrowsLessSureWithEveryStep() {
        double[] eight = {100, 104, 97, 103, 108, 105, 112, 107};

        Predictor predictor = trained(eight);
        Forecast forecast = predictor.predict(eight, HORIZON, TestNetworks.levels(0.1, 0.5, 0.9));

        assertThat(predictor.networkShare()).isZero();
        double[] widths = new double[HORIZON];
        for (int h = 0; h < HORIZON; h++) {
            widths[h] = forecast.quantiles()[2][h] - forecast.quantiles()[0][h];
        }
        assertThat(widths).isSorted();
        assertThat(widths[0]).isBetween(5.0, 30.0);
        assertThat(widths[HORIZON - 1]).isGreaterThan(2 * widths[0]);
    }

    @Test
    void errorsOfWhatIsKeptForMeasuresAreNotLookedAt() {
        double[] target = {100, 104, 97, 103, 108, 105, 112, 107, 111, 109, 500, -300};
        double[] seen = Arrays.copyOf(target, 10);
        var smoother = TestNetworks.predictor().smoother();

        var errors = AnchorErrors.of(smoother, List.of(series(target)), List.of(new Split(10, 10)), HORIZON);

        assertThat(errors)
                .isEqualTo(AnchorErrors.of(smoother, List.of(series(seen)), List.of(new Split(10, 10)), HORIZON));
    }

    private static TimeSeries series(double[] target) {
        return new TimeSeries("one", null, target, Covariates.NONE);
    }
}
