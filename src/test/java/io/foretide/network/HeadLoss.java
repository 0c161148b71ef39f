package io.foretide.network;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * The loss of a {@link Head} as Deeplearning4j calls it: rows of outputs [batch·time × horizon·width], rows of labels
 * [batch·time × 2·horizon], the labels first and then their offsets. A NaN label counts for nothing, which is how missing
 * observations, padding and warm-up are left out. Score and gradient are means over the labels that count.
 */
final class HeadLoss implements ILossFunction {
    private final transient Head head;

    HeadLoss(Head head) {
        this.head = head;
    }

    private record Result(double loss, float[] gradient) {}

    private Result evaluate(INDArray labels, INDArray outputs) {
        float[] y = labels.dup('c').data().asFloat();
        float[] out = outputs.dup('c').data().asFloat();
        int rows = (int) outputs.size(0);
        int horizon = (int) labels.size(1) / 2;
        float[] gradient = new float[out.length];
        double loss = 0;
        long counted = 0;
        for (int row = 0; row < rows; row++) {
            for (int step = 0; step < horizon; step++) {
                int at = 2 * horizon * row + step;
                if (!Float.isNaN(y[at])) {
                    loss += head.loss(y[at], y[at + horizon], out, (row * horizon + step) * head.width(), gradient);
                    counted++;
                }
            }
        }
        long count = Math.max(1, counted);
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] /= count;
        }
        return new Result(loss / count, gradient);
    }

    @Override
    public double computeScore(INDArray labels, INDArray out, IActivation linear, INDArray mask, boolean average) {
        return evaluate(labels, out).loss();
    }

    @Override
    public INDArray computeGradient(INDArray labels, INDArray outputs, IActivation linear, INDArray mask) {
        return Nd4j.createFromArray(evaluate(labels, outputs).gradient()).reshape('c', outputs.shape());
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels, INDArray outputs, IActivation linear, INDArray mask, boolean average) {
        Result result = evaluate(labels, outputs);
        return Pair.of(result.loss(), Nd4j.createFromArray(result.gradient()).reshape('c', outputs.shape()));
    }

    @Override
    public INDArray computeScoreArray(INDArray labels, INDArray outputs, IActivation linear, INDArray mask) {
        throw new UnsupportedOperationException("scores are means over labels, not kept by example");
    }

    @Override
    public String name() {
        return "HeadLoss(" + head + ")";
    }
}
