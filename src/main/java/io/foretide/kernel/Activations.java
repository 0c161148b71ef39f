package io.foretide.kernel;

/**
 * Squashing functions and the exponential, made of exactly rounded operations only: the same bits from the interpreter,
 * from compiled code, and on every processor. The library's own tanh and exp do not promise that.
 *
 * <p>They are total: whatever goes in, even NaN, a finite number of their range comes out. So no state that is made of them
 * ever holds NaN or an infinity. NaN counts as −∞, which closes a gate.
 */
final class Activations {
    /** Beyond this, tanh is 1 in float. */
    static final float LIMIT = 7.9053111f;

    /** A unit that feeds itself grows with every step of a long walk: it stops here, before it is no number any more. */
    static final float MOST_RELU = 1e9f;

    // tanh(x) ≈ x·P(x²)/Q(x²), a minimax fit: the coefficients of Eigen's ptanh_float.
    static final float P13 = -2.76076847742355e-16f, P11 = 2.00018790482477e-13f, P9 = -8.60467152213735e-11f;
    static final float P7 = 5.12229709037114e-08f, P5 = 1.48572235717979e-05f, P3 = 6.37261928875436e-04f;
    static final float P1 = 4.89352455891786e-03f;
    static final float Q6 = 1.19825839466702e-06f, Q4 = 1.18534705686654e-04f, Q2 = 2.26843463243900e-03f;
    static final float Q0 = 4.89352518554385e-03f;

    // exp(n·ln 2 + r) = 2ⁿ·exp(r) with |r| ≤ ln 2 / 2 and a polynomial for exp(r): the coefficients of Cephes' expf.
    static final float LEAST_EXPONENT = -87, MOST_EXPONENT = 88;
    static final float LOG2_E = 1.44269504088896341f, LN2_HIGH = 0.693359375f, LN2_LOW = -2.12194440e-4f;
    static final float E7 = 1.9875691500E-4f, E6 = 1.3981999507E-3f, E5 = 8.3334519073E-3f;
    static final float E4 = 4.1665795894E-2f, E3 = 1.6666665459E-1f, E2 = 5.0000001201E-1f;

    /** Added and taken away, it rounds to a whole number, which then stands in the lowest bits of the sum. */
    static final float ROUNDER = 12582912f;

    static final int EXPONENT_SHIFT = 23, EXPONENT_ZERO = 127 << EXPONENT_SHIFT;

    private Activations() {}

    /** With an error below 3e-7. */
    static float tanh(float value) {
        float x = value > -LIMIT ? value : -LIMIT;
        x = x < LIMIT ? x : LIMIT;
        float s = x * x;
        float p = Math.fma(P13, s, P11);
        p = Math.fma(p, s, P9);
        p = Math.fma(p, s, P7);
        p = Math.fma(p, s, P5);
        p = Math.fma(p, s, P3);
        p = Math.fma(p, s, P1);
        float q = Math.fma(Q6, s, Q4);
        q = Math.fma(q, s, Q2);
        q = Math.fma(q, s, Q0);
        return p * x / q;
    }

    /** 1 / (1 + exp(−x)), computed as tanh(x/2)/2 + 1/2. */
    static float sigmoid(float value) {
        return Math.fma(tanh(0.5f * value), 0.5f, 0.5f);
    }

    static float relu(float value) {
        float x = value > 0 ? value : 0;
        return x < MOST_RELU ? x : MOST_RELU;
    }

    /** With a relative error below 2e-7 between e⁻⁸⁷ and e⁸⁸, where it ends. */
    static float exp(float value) {
        float x = value > LEAST_EXPONENT ? value : LEAST_EXPONENT;
        x = x < MOST_EXPONENT ? x : MOST_EXPONENT;
        float rounded = Math.fma(x, LOG2_E, ROUNDER);
        float n = rounded - ROUNDER;
        float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
        float p = Math.fma(E7, r, E6);
        p = Math.fma(p, r, E5);
        p = Math.fma(p, r, E4);
        p = Math.fma(p, r, E3);
        p = Math.fma(p, r, E2);
        p = Math.fma(p * r, r, r) + 1;
        int power = (Float.floatToRawIntBits(rounded) << EXPONENT_SHIFT) + EXPONENT_ZERO;
        return p * Float.intBitsToFloat(power);
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
}
