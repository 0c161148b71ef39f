package io.foretide.classification;

import io.foretide.kernel.BatchGradient;
import io.foretide.kernel.BatchOutputs;
import java.util.Arrays;

/** The cross-entropy of {@linkplain Pooling pooled} outputs of a batch of sequences, with its gradient. */
final class PooledLoss implements BatchGradient.Loss {
    private final int labels;
    private final double smoothing;

    /** Of each row: how many steps it has, its label and what it counts. */
    private final int[] lengths;

    private final int[] truth;
    private final float[] weights;

    /** @param smoothing the share of a label's probability that goes to all labels alike */
    PooledLoss(int labels, double smoothing, int mostRows) {
        this.labels = labels;
        this.smoothing = smoothing;
        this.lengths = new int[mostRows];
        this.truth = new int[mostRows];
        this.weights = new float[mostRows];
    }

    /** Sets what a row is. */
    void row(int row, int length, int label, double weight) {
        lengths[row] = length;
        truth[row] = label;
        weights[row] = (float) weight;
    }

    @Override
    public double replaceByGradient(BatchOutputs outputs) {
        double sum = 0;
        double[] attention = new double[outputs.steps()], logits = new double[labels], mean = new double[labels];
        for (int row = 0; row < outputs.rows(); row++) {
            int of = outputs.firstRow() + row, length = lengths[of];
            attend(outputs, row, length, attention, mean);
            int last = outputs.at(length - 1, row) + labels;
            for (int i = 0; i < labels; i++) {
                logits[i] = mean[i] + outputs.values()[last + i];
            }
            sum += weights[of] * replaceLogits(logits, truth[of]);
            write(outputs, row, of, attention, mean, logits);
        }
        return sum;
    }

    private void attend(BatchOutputs outputs, int row, int length, double[] attention, double[] mean) {
        float[] values = outputs.values();
        double most = Double.NEGATIVE_INFINITY, total = 0;
        for (int step = 0; step < length; step++) {
            most = Math.max(most, values[outputs.at(step, row) + 2 * labels]);
        }
        for (int step = 0; step < length; step++) {
            attention[step] = StrictMath.exp(values[outputs.at(step, row) + 2 * labels] - most);
            total += attention[step];
        }
        Arrays.fill(mean, 0);
        for (int step = 0; step < length; step++) {
            attention[step] /= total;
            int at = outputs.at(step, row);
            for (int i = 0; i < labels; i++) {
                mean[i] += attention[step] * values[at + i];
            }
        }
    }

    /** Logits become the gradient of the loss by them. */
    private double replaceLogits(double[] logits, int label) {
        double log = Probabilities.replaceLogits(logits);
        double loss = 0;
        for (int i = 0; i < labels; i++) {
            double target = smoothing / labels + (i == label ? 1 - smoothing : 0);
            if (target > 0) {
                loss -= target * Math.max(-100, StrictMath.log(logits[i]));
            }
            logits[i] -= target;
        }
        return Double.isNaN(log) ? Double.NaN : loss;
    }

    private void write(BatchOutputs outputs, int row, int of, double[] attention, double[] mean, double[] byLogits) {
        float[] values = outputs.values();
        double weight = weights[of];
        for (int step = 0; step < outputs.steps(); step++) {
            int at = outputs.at(step, row);
            if (step >= lengths[of]) {
                Arrays.fill(values, at, at + Pooling.outputs(labels), 0);
                continue;
            }
            double byAttention = 0;
            for (int i = 0; i < labels; i++) {
                byAttention += byLogits[i] * (values[at + i] - mean[i]);
                values[at + i] = (float) (weight * attention[step] * byLogits[i]);
                values[at + labels + i] = step == lengths[of] - 1 ? (float) (weight * byLogits[i]) : 0;
            }
            values[at + 2 * labels] = (float) (weight * attention[step] * byAttention);
        }
    }
}
