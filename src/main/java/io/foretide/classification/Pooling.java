package io.foretide.classification;

/**
 * What a network says of a sequence after some of its steps: a mean of what it said at each, by weights that it sets itself,
 * and what it says at the last one.
 *
 * <pre>
 *   logits[T] = Σₜ aₜ·u[t] + v[T]    a = softmax of s[1 … T]
 * </pre>
 *
 * u, v and s are outputs of one head, in this order. The mean runs along with the steps, whose weights are kept beside the
 * largest so far: nothing of the past is kept.
 */
final class Pooling {
    /** Beyond, a logit says nothing more. */
    private static final double MOST_LOGIT = 1e6;

    private final int labels;

    /** The largest s so far, Σ exp(s − largest), and Σ exp(s − largest)·u: all that goes on from step to step. */
    final double[] numbers;

    /** The outputs of the last step. */
    final float[] last;

    Pooling(int labels) {
        this.labels = labels;
        this.numbers = new double[2 + labels];
        this.last = new float[labels];
        numbers[0] = Double.NEGATIVE_INFINITY;
    }

    /** How many outputs the head has. */
    static int outputs(int labels) {
        return 2 * labels + 1;
    }

    /** Takes what the head gives out at one more step. */
    void step(float[] outputs, int offset) {
        double s = outputs[offset + 2 * labels], most = numbers[0];
        double keep = s > most ? StrictMath.exp(most - s) : 1, weight = s > most ? 1 : StrictMath.exp(s - most);
        numbers[0] = Math.max(s, most);
        numbers[1] = keep * numbers[1] + weight;
        for (int i = 0; i < labels; i++) {
            numbers[2 + i] = keep * numbers[2 + i] + weight * outputs[offset + i];
            last[i] = outputs[offset + labels + i];
        }
    }

    /** Adds the logits after the steps so far, times a factor. */
    void addLogits(double factor, double[] logits) {
        for (int i = 0; i < labels; i++) {
            double logit = numbers[2 + i] / numbers[1] + last[i];
            logits[i] += factor * Math.max(-MOST_LOGIT, Math.min(MOST_LOGIT, logit));
        }
    }

    Pooling copy() {
        var copy = new Pooling(labels);
        System.arraycopy(numbers, 0, copy.numbers, 0, numbers.length);
        System.arraycopy(last, 0, copy.last, 0, last.length);
        return copy;
    }
}
