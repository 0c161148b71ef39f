package io.foretide.classification;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * How values become what networks and patterns read: by how many spreads they differ from a mean, and whether they are
 * missing.
 *
 * @param means of each channel, in the training data; not used where each sequence is measured by itself
 * @param spreads standard deviations likewise
 * @param gaps whether values of a channel were missing in the training data, so that networks hear of it
 */
record ValueScale(Normalization normalization, double[] means, double[] spreads, boolean[] gaps) implements Reader {
    /** What is farther from the mean, in spreads, counts as this far. */
    private static final double MOST = 1000;

    /** A channel that varies less than this, beside its magnitude, is constant but for rounding. */
    private static final double LEAST_SPREAD = 1e-12;

    ValueScale {
        requireNonNull(normalization, "normalization");
        int channels = means.length;
        if (channels == 0 || spreads.length != channels || gaps.length != channels) {
            throw new IllegalArgumentException("means, spreads and gaps are one a channel");
        }
        for (int i = 0; i < channels; i++) {
            if (!(Double.isFinite(means[i]) && spreads[i] > 0 && Double.isFinite(spreads[i]))) {
                throw new IllegalArgumentException(
                        "mean %s or spread %s of channel %d is none".formatted(means[i], spreads[i], i));
            }
        }
    }

    static ValueScale of(Normalization normalization, List<Values> sequences) {
        int channels = sequences.getFirst().channels();
        var gaps = new boolean[channels];
        for (Values values : sequences) {
            for (int step = 0; step < values.steps(); step++) {
                for (int channel = 0; channel < channels; channel++) {
                    gaps[channel] |= Double.isNaN(values.at(step, channel));
                }
            }
        }
        double[] means = new double[channels], spreads = new double[channels];
        measure(sequences, means, spreads);
        return new ValueScale(normalization, means, spreads, gaps);
    }

    /** This one, or where each sequence is measured by itself, that of the sequence. */
    ValueScale within(Values sequence) {
        if (normalization == Normalization.DATA) {
            return this;
        }
        double[] means = new double[channels()], spreads = new double[channels()];
        measure(List.of(sequence), means, spreads);
        return new ValueScale(normalization, means, spreads, gaps);
    }

    private static void measure(List<Values> sequences, double[] means, double[] spreads) {
        for (int channel = 0; channel < means.length; channel++) {
            double sum = 0, squares = 0;
            long count = 0;
            for (Values values : sequences) {
                for (int step = 0; step < values.steps(); step++) {
                    double value = values.at(step, channel);
                    if (!Double.isNaN(value)) {
                        sum += value;
                        count++;
                    }
                }
            }
            double mean = count == 0 ? 0 : sum / count;
            for (Values values : sequences) {
                for (int step = 0; step < values.steps(); step++) {
                    double error = values.at(step, channel) - mean;
                    squares += Double.isNaN(error) ? 0 : error * error;
                }
            }
            double spread = count == 0 ? 0 : Math.sqrt(squares / count);
            means[channel] = mean;
            spreads[channel] = spread > LEAST_SPREAD * Math.max(1e-280, Math.abs(mean)) ? spread : 1;
        }
    }

    int channels() {
        return means.length;
    }

    /** How many numbers of a step a network reads: one a channel, and whether it is missing where that can be. */
    int inputs() {
        int inputs = channels();
        for (boolean gap : gaps) {
            inputs += gap ? 1 : 0;
        }
        return inputs;
    }

    /** The numbers of one step in spreads; what is missing stays NaN. */
    void scale(double[] step, float[] scaled) {
        for (int channel = 0; channel < means.length; channel++) {
            double x = (step[channel] - means[channel]) / spreads[channel];
            scaled[channel] = (float) (x > MOST ? MOST : x < -MOST ? -MOST : x);
        }
    }

    /** What a network reads of a scaled step: what is missing is as the mean, and said to be missing. */
    void toInputs(float[] scaled, float[] inputs, int offset) {
        int at = offset + scaled.length;
        for (int channel = 0; channel < scaled.length; channel++) {
            boolean missing = Float.isNaN(scaled[channel]);
            inputs[offset + channel] = missing ? 0 : scaled[channel];
            if (gaps[channel]) {
                inputs[at++] = missing ? 1 : 0;
            }
        }
    }

    /** A whole sequence in spreads, [steps][channels]. */
    float[][] scaled(Values sequence) {
        ValueScale scale = within(sequence);
        float[][] scaled = new float[sequence.steps()][channels()];
        for (int step = 0; step < scaled.length; step++) {
            scale.scale(sequence.step(step), scaled[step]);
        }
        return scaled;
    }
}
