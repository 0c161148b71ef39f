package io.foretide.kernel;

/**
 * Squashing functions over array segments, made of exactly rounded operations only: the same bits from the interpreter,
 * from compiled code, and on every processor. The library's own tanh and exp do not promise that.
 */
public final class Activations {
    /** Beyond this, tanh is 1 in float. */
    private static final float LIMIT = 7.9053111f;

    /** A unit that feeds itself grows with every step of a long walk: it stops here, before it is no number any more. */
    private static final float MOST_RELU = 1e9f;

    private Activations() {}

    /**
     * tanh as a rational function, x·P(x²)/Q(x²), with an error below 3e-7. Coefficients: Eigen's {@code ptanh_float},
     * a minimax fit.
     */
    public static float tanh(float value) {
        float x = Math.max(-LIMIT, Math.min(LIMIT, value));
        float s = x * x;
        float p = Math.fma(-2.76076847742355e-16f, s, 2.00018790482477e-13f);
        p = Math.fma(p, s, -8.60467152213735e-11f);
        p = Math.fma(p, s, 5.12229709037114e-08f);
        p = Math.fma(p, s, 1.48572235717979e-05f);
        p = Math.fma(p, s, 6.37261928875436e-04f);
        p = Math.fma(p, s, 4.89352455891786e-03f);
        float q = Math.fma(1.19825839466702e-06f, s, 1.18534705686654e-04f);
        q = Math.fma(q, s, 2.26843463243900e-03f);
        q = Math.fma(q, s, 4.89352518554385e-03f);
        return x * p / q;
    }

    /** 1 / (1 + exp(−x)), computed as tanh(x/2)/2 + 1/2. */
    public static float sigmoid(float value) {
        return Math.fma(tanh(0.5f * value), 0.5f, 0.5f);
    }

    static void tanh(float[] values, int from, int to) {
        for (int j = from; j < to; j++) {
            values[j] = tanh(values[j]);
        }
    }

    static void sigmoid(float[] values, int from, int to) {
        for (int j = from; j < to; j++) {
            values[j] = sigmoid(values[j]);
        }
    }

    static void relu(float[] values, int from, int to) {
        for (int j = from; j < to; j++) {
            values[j] = Math.max(0, Math.min(MOST_RELU, values[j]));
        }
    }
}
