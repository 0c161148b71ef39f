package io.foretide.network;

import org.jspecify.annotations.Nullable;

/**
 * The mean of what is left over the anchor, in units of the scale, trained by squared error. Its distribution is normal,
 * with the deviation that held-out errors had.
 *
 * @param deviations the standard deviation of each future step's error, in units of the scale
 */
record MeanHead(double[] deviations) implements Head {
    /** No label is further from its anchor, so a larger error says only that the network is of no use. */
    static final double MOST_DEVIATION = Head.MOST_LABEL;

    @Override
    public int width() {
        return 1;
    }

    @Override
    public double label(double value, double anchor, double scale) {
        return Head.leftOver(value, anchor, scale);
    }

    @Override
    public double loss(float label, float offset, float[] outputs, int at, float[] gradient) {
        double error = outputs[at] - label;
        gradient[at] = (float) (2 * error);
        return error * error;
    }

    @Override
    public int numbers() {
        return 2;
    }

    /** The mean and the standard deviation. */
    @Override
    public void describe(
            int step,
            double anchor,
            double scale,
            float[] outputs,
            @Nullable Adaptation adaptation,
            double[] distribution) {
        distribution[0] = anchor + scale * outputs[step];
        distribution[1] = scale * deviations[step];
    }

    @Override
    public double mean(double[] distribution) {
        return distribution[0];
    }

    @Override
    public void quantiles(double[] distribution, Levels levels, double[] quantiles) {
        for (int i = 0; i < quantiles.length; i++) {
            quantiles[i] = distribution[0] + distribution[1] * levels.z()[i];
        }
    }

    @Override
    public double below(double[] distribution, double value) {
        double error = value - distribution[0];
        return error == 0 && distribution[1] == 0 ? 0 : NormalQuantiles.probability(error / distribution[1]);
    }

    @Override
    public double notAbove(double[] distribution, double value) {
        double error = value - distribution[0];
        return error == 0 && distribution[1] == 0 ? 1 : NormalQuantiles.probability(error / distribution[1]);
    }
}
