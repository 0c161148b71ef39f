package io.foretide.network;

import static io.foretide.network.TestNetworks.forecast;
import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.series.Covariates;
import io.foretide.series.QuantileLevel;
import io.foretide.series.TimeSeries;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A network that was trained on windows of a few days, walked over two years of hours. */
class LongWalkTest {
    private static final int DAY = 24;
    private static final int LENGTH = 17_000;
    private static final List<QuantileLevel> MEDIAN = List.of(QuantileLevel.MEDIAN);

    /** A day that repeats around a level that wanders and stays near where it was, with noise. */
    private static double[] hours(int length) {
        var random = new Random(11);
        double[] hours = new double[length];
        double wander = 0;
        for (int t = 0; t < length; t++) {
            wander = 0.99 * wander + random.nextGaussian();
            hours[t] = 200 + wander + 30 * Math.sin(2 * Math.PI * t / DAY) + 3 * random.nextGaussian();
        }
        return hours;
    }

    @Test
    void forecastsAsWellAtItsEndAsInItsMiddle() {
        double[] hours = hours(LENGTH);
        var beginning = new TimeSeries("hours", null, Arrays.copyOf(hours, 1000), Covariates.NONE);
        Predictor predictor = new NetworkTrainer(TrainingResources.OF_THIS_MACHINE)
                .train(
                        List.of(beginning),
                        forecast(DAY),
                        new NetworkOptions(null, 12, null, null, null, null, null),
                        new TrainingOptions(3, 16, null, null, null, null, null, null, null, 5L, null),
                        TrainingMonitor.SILENT)
                .predictor();

        State state = predictor.initialState();
        double[] errors = new double[4];
        int[] counts = new int[errors.length];
        for (int t = 0; t + DAY < LENGTH; t++) {
            predictor.observe(state, hours[t]);
            if (t > LENGTH / 5 && t % 7 == 0) {
                double[] median = predictor.forecast(state, DAY, MEDIAN).quantiles()[0];
                int part = (t - LENGTH / 5) * errors.length / (LENGTH - LENGTH / 5);
                for (int ahead = 0; ahead < DAY; ahead++) {
                    errors[part] += Math.abs(hours[t + 1 + ahead] - median[ahead]);
                    counts[part]++;
                }
            }
        }

        double middle = errors[1] / counts[1], end = errors[3] / counts[3];
        assertThat(end).isBetween(0.85 * middle, 1.15 * middle);
        assertThat(middle).as("of a day that swings by 30").isLessThan(12);
    }
}
