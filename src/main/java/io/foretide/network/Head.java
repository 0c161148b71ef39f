package io.foretide.network;

import io.foretide.series.QuantileLevel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the last layer's numbers mean: how they are scored in training, and how a forecast is read from them. All horizons
 * are given at once, so the outputs of a row are {@code horizon × width} numbers, step after step.
 */
sealed interface Head permits QuantileHead, MeanHead, CountHead {
    static Head of(ForecastSettings forecast) {
        return switch (forecast.loss()) {
            case QUANTILE ->
                new QuantileHead(
                        forecast.quantiles(),
                        Calibration.none(
                                forecast.horizon(), forecast.quantiles().size()));
            case SQUARED -> new MeanHead(new double[forecast.horizon()]);
            case NEGATIVE_BINOMIAL -> new CountHead();
        };
    }

    /** Errors beyond this say only that a scale was next to nothing; their squares must stay finite in float. */
    double MOST_LABEL = 1e15;

    /** What is left over the anchor, in units of the scale. */
    static double leftOver(double value, double anchor, double scale) {
        return Math.max(-MOST_LABEL, Math.min(MOST_LABEL, (value - anchor) / scale));
    }

    /** How many outputs belong to one future step. */
    int width();

    /** The width of the head of these settings, which may be too large for one to be made. */
    static int width(ForecastSettings forecast) {
        return switch (forecast.loss()) {
            case QUANTILE -> forecast.quantiles().size();
            case SQUARED -> 1;
            case NEGATIVE_BINOMIAL -> 2;
        };
    }

    /** What a label is, given a future value and the walk that forecasts it. */
    double label(double value, double anchor, double scale);

    /** A number that the loss needs beside the label; unused by most heads. */
    default double offset(double anchor, double scale) {
        return 0;
    }

    /**
     * The loss of one future step, and its gradient.
     *
     * @param outputs the outputs of a row, those of this step from {@code at} on
     * @param gradient likewise: set to the derivative of the loss by each output
     */
    double loss(float label, float offset, float[] outputs, int at, float[] gradient);

    /** How many numbers say what the distribution of one future step is. */
    int numbers();

    /**
     * Writes the numbers that say what the distribution of a future step is, without allocation.
     *
     * @param step the future step, counted from 0
     * @param outputs the outputs of all steps
     * @param adaptation how the levels of the walk have adapted, where they do
     */
    void describe(
            int step,
            double anchor,
            double scale,
            float[] outputs,
            @Nullable Adaptation adaptation,
            double[] distribution);

    /** The mean of a distribution. */
    double mean(double[] distribution);

    /** Writes the value at each level, ascending. */
    void quantiles(double[] distribution, Levels levels, double[] quantiles);

    /** The probability of what is less than a value. */
    double below(double[] distribution, double value);

    /** The probability of a value and what is less. */
    double notAbove(double[] distribution, double value);

    /** Levels asked for, ascending, and their standard normal quantiles. */
    record Levels(List<QuantileLevel> levels, double[] z) {
        static Levels of(List<QuantileLevel> levels) {
            return new Levels(
                    levels, levels.stream().mapToDouble(NormalQuantiles::z).toArray());
        }
    }
}
