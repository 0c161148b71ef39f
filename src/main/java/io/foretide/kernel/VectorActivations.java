package io.foretide.kernel;

import static io.foretide.kernel.Activations.*;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Activations} on segments whose length is a multiple of {@link FloatOps#PADDING}. Each is one flat loop, with the
 * polynomial written out: a method that returned a vector would soon not be inlined, and make an object of each.
 */
final class VectorActivations {
    private static final VectorSpecies<Float> S = Lanes.SPECIES;
    private static final int L = Lanes.LANES;

    private VectorActivations() {}

    /** to = tanh(from); the two may be the same. */
    static void tanh(float[] from, int fo, float[] to, int o, int n) {
        for (int j = 0; j < n; j += L) {
            FloatVector x = fromArray(S, from, fo + j);
            x = broadcast(S, -LIMIT).blend(x, x.compare(GT, -LIMIT));
            x = broadcast(S, LIMIT).blend(x, x.compare(LT, LIMIT));
            FloatVector s = x.mul(x);
            FloatVector p = broadcast(S, P13).fma(s, broadcast(S, P11));
            p = p.fma(s, broadcast(S, P9));
            p = p.fma(s, broadcast(S, P7));
            p = p.fma(s, broadcast(S, P5));
            p = p.fma(s, broadcast(S, P3));
            p = p.fma(s, broadcast(S, P1));
            FloatVector q = broadcast(S, Q6).fma(s, broadcast(S, Q4));
            q = q.fma(s, broadcast(S, Q2));
            q = q.fma(s, broadcast(S, Q0));
            p.mul(x).div(q).intoArray(to, o + j);
        }
    }

    /** a = σ(a). */
    static void sigmoid(float[] a, int o, int n) {
        for (int j = 0; j < n; j += L) {
            FloatVector half = broadcast(S, 0.5f);
            FloatVector x = fromArray(S, a, o + j).mul(half);
            x = broadcast(S, -LIMIT).blend(x, x.compare(GT, -LIMIT));
            x = broadcast(S, LIMIT).blend(x, x.compare(LT, LIMIT));
            FloatVector s = x.mul(x);
            FloatVector p = broadcast(S, P13).fma(s, broadcast(S, P11));
            p = p.fma(s, broadcast(S, P9));
            p = p.fma(s, broadcast(S, P7));
            p = p.fma(s, broadcast(S, P5));
            p = p.fma(s, broadcast(S, P3));
            p = p.fma(s, broadcast(S, P1));
            FloatVector q = broadcast(S, Q6).fma(s, broadcast(S, Q4));
            q = q.fma(s, broadcast(S, Q2));
            q = q.fma(s, broadcast(S, Q0));
            p.mul(x).div(q).fma(half, half).intoArray(a, o + j);
        }
    }

    /** to = relu(from). */
    static void relu(float[] from, int fo, float[] to, int o, int n) {
        for (int j = 0; j < n; j += L) {
            FloatVector x = fromArray(S, from, fo + j);
            x = broadcast(S, 0).blend(x, x.compare(GT, 0));
            broadcast(S, MOST_RELU).blend(x, x.compare(LT, MOST_RELU)).intoArray(to, o + j);
        }
    }

    /** a = exp(a − shift). */
    static void exp(float[] a, int o, int n, float shift) {
        for (int j = 0; j < n; j += L) {
            FloatVector x = fromArray(S, a, o + j).sub(shift);
            x = broadcast(S, LEAST_EXPONENT).blend(x, x.compare(GT, LEAST_EXPONENT));
            x = broadcast(S, MOST_EXPONENT).blend(x, x.compare(LT, MOST_EXPONENT));
            FloatVector rounded = x.fma(broadcast(S, LOG2_E), broadcast(S, ROUNDER));
            FloatVector whole = rounded.sub(ROUNDER);
            FloatVector r = whole.fma(broadcast(S, -LN2_LOW), whole.fma(broadcast(S, -LN2_HIGH), x));
            FloatVector p = broadcast(S, E7).fma(r, broadcast(S, E6));
            p = p.fma(r, broadcast(S, E5));
            p = p.fma(r, broadcast(S, E4));
            p = p.fma(r, broadcast(S, E3));
            p = p.fma(r, broadcast(S, E2));
            p = p.mul(r).fma(r, r).add(1);
            FloatVector power = rounded.reinterpretAsInts()
                    .lanewise(LSHL, EXPONENT_SHIFT)
                    .add(EXPONENT_ZERO)
                    .reinterpretAsFloats();
            p.mul(power).intoArray(a, o + j);
        }
    }
}
