package io.foretide.network;

import io.foretide.kernel.BatchGradient;
import io.foretide.kernel.BatchOutputs;
import io.foretide.kernel.ParameterUpdates;
import java.util.Arrays;

/**
 * The loss of a {@link Head} over the labels of a batch, and its gradient by the mean over them; a NaN label counts for
 * nothing. Heads whose loss is one of many elements are computed row by row on the kernels.
 */
final class BatchLoss implements BatchGradient.Loss {
    private final Head head;
    private final int horizon;
    private final KnownEffects effects;
    private final float[] levels;
    private float[] labels = new float[0];
    private float[] known = new float[0];
    private int steps;
    private long count;

    BatchLoss(Head head, KnownEffects effects) {
        this.head = head;
        this.horizon = effects.horizon();
        this.effects = effects;
        this.levels = new float[ParameterUpdates.padded((horizon + effects.numbers()) * head.width())];
        if (head instanceof QuantileHead quantiles) {
            for (int i = 0; i < horizon * head.width(); i++) {
                levels[i] = (float) quantiles.levels().get(i % head.width()).value();
            }
        }
    }

    /** The labels that count from now on. */
    void begin(Windows.Batch batch) {
        labels = batch.labels();
        known = batch.known();
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

    /** How many labels count, at least 1. */
    long count() {
        return count;
    }

    @Override
    public double replaceByGradient(BatchOutputs outputs) {
        double loss = 0;
        for (int step = 0; step < outputs.steps(); step++) {
            for (int row = 0; row < outputs.rows(); row++) {
                int at = outputs.at(step, row), knownAt = knownAt(outputs.firstRow() + row, step);
                effects.add(outputs.values(), at, known, knownAt);
                loss += switch (head) {
                    case MeanHead _ -> {
                        spreadLabels(outputs, step, row);
                        yield outputs.squared(step, row, 1f / count);
                    }
                    case QuantileHead _ -> {
                        spreadLabels(outputs, step, row);
                        yield outputs.pinball(step, row, levels, 1f / (count * head.width())) / head.width();
                    }
                    case CountHead _ -> byElement(outputs.firstRow() + row, step, outputs.values(), at);
                };
                effects.propagate(outputs.values(), at, known, knownAt);
            }
        }
        return loss;
    }

    private int knownAt(int window, int step) {
        return (window * (steps + horizon - 1) + step) * effects.numbers();
    }

    /** Each output of a future step has its label; what is no output has none. */
    private void spreadLabels(BatchOutputs outputs, int step, int row) {
        int width = head.width(), from = 2 * horizon * (outputs.firstRow() + row) * steps + step;
        float[] spread = outputs.labels();
        Arrays.fill(spread, horizon * width, spread.length, Float.NaN);
        for (int ahead = 0; ahead < horizon; ahead++) {
            float label = labels[from + ahead * steps];
            for (int i = ahead * width; i < (ahead + 1) * width; i++) {
                spread[i] = label;
            }
        }
    }

    /** A head reads the outputs of a future step before it sets their gradients, which take their place. */
    private double byElement(int window, int step, float[] outputs, int at) {
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
