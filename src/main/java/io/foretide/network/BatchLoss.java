package io.foretide.network;

import io.foretide.kernel.BatchGradient;
import java.util.Arrays;

/** The loss of a {@link Head} over the labels of a batch; a NaN label counts for nothing. */
final class BatchLoss implements BatchGradient.Loss {
    private final Head head;
    private final int horizon;
    private float[] labels = new float[0];
    private int steps;
    private long count;

    BatchLoss(Head head, int horizon) {
        this.head = head;
        this.horizon = horizon;
    }

    /** The labels that count from now on. */
    void begin(Windows.Batch batch) {
        labels = batch.labels();
        steps = batch.steps();
        long counted = 0;
        for (int window = 0; window < batch.windows(); window++) {
            int from = 2 * horizon * window * steps;
            for (int i = from; i < from + horizon * steps; i++) {
                counted += Float.isNaN(labels[i]) ? 0 : 1;
            }
        }
        count = Math.max(1, counted);
    }

    /** How many labels count, at least 1: gradients are by the mean over them. */
    long count() {
        return count;
    }

    @Override
    public double replaceByGradient(BatchGradient.Outputs outputs) {
        double loss = 0;
        for (int step = 0; step < outputs.steps(); step++) {
            for (int row = 0; row < outputs.rows(); row++) {
                loss += row(outputs.firstRow() + row, step, outputs.values(), outputs.at(step, row));
            }
        }
        return loss;
    }

    /** Each head reads the outputs of a future step before it sets their gradients, which take their place. */
    private double row(int window, int step, float[] outputs, int at) {
        int width = head.width();
        double loss = 0;
        for (int ahead = 0; ahead < horizon; ahead++) {
            int label = (2 * horizon * window + ahead) * steps + step, from = at + ahead * width;
            if (Float.isNaN(labels[label])) {
                Arrays.fill(outputs, from, from + width, 0);
            } else {
                loss += head.loss(labels[label], labels[label + horizon * steps], outputs, from, outputs);
                for (int i = from; i < from + width; i++) {
                    outputs[i] /= count;
                }
            }
        }
        return loss;
    }
}
