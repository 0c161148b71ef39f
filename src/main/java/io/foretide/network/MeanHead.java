package io.foretide.network;

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
    public double read(Step step, float[] outputs, Levels levels, double[] quantiles) {
        double mean = step.anchor() + step.scale() * outputs[step.index()];
        for (int i = 0; i < quantiles.length; i++) {
            quantiles[i] = mean + step.scale() * deviations[step.index()] * levels.z()[i];
        }
        return mean;
    }
}
