package io.foretide.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link ScalarUpdates} on vectors; n is a multiple of {@link FloatOps#PADDING}. */
final class VectorUpdates {
    private static final VectorSpecies<Float> S = Lanes.SPECIES;
    private static final int L = Lanes.LANES;

    private VectorUpdates() {}

    static void clip(float[] g, int n, float factor, float most) {
        for (int j = 0; j < n; j += L) {
            FloatVector x = fromArray(S, g, j).mul(factor);
            x = broadcast(S, -most).blend(x, x.compare(GT, -most));
            broadcast(S, most).blend(x, x.compare(LT, most)).intoArray(g, j);
        }
    }

    static void addDecay(float[] decays, float factor, float[] p, float[] to, int n) {
        for (int j = 0; j < n; j += L) {
            fromArray(S, decays, j)
                    .mul(factor)
                    .fma(fromArray(S, p, j), fromArray(S, to, j))
                    .intoArray(to, j);
        }
    }

    static void sgd(float[] p, float[] g, int n, float rate) {
        for (int j = 0; j < n; j += L) {
            broadcast(S, -rate).fma(fromArray(S, g, j), fromArray(S, p, j)).intoArray(p, j);
        }
    }

    static void momentum(float[] p, float[] g, float[] v, int n, float rate, UpdateRule.Momentum rule) {
        float mu = rule.momentum();
        for (int j = 0; j < n; j += L) {
            FloatVector before = fromArray(S, v, j).mul(mu);
            FloatVector after = broadcast(S, -rate).fma(fromArray(S, g, j), before);
            after.intoArray(v, j);
            fromArray(S, p, j).sub(broadcast(S, -1 - mu).fma(after, before)).intoArray(p, j);
        }
    }

    static void rmsProp(float[] p, float[] g, float[] s, int n, float rate, UpdateRule.RmsProp rule) {
        for (int j = 0; j < n; j += L) {
            FloatVector gj = fromArray(S, g, j);
            FloatVector sj = fromArray(S, s, j)
                    .fma(broadcast(S, rule.decay()), gj.mul(gj).mul(1 - rule.decay()));
            sj.intoArray(s, j);
            fromArray(S, p, j)
                    .sub(gj.mul(rate).div(sj.sqrt().add(rule.epsilon())))
                    .intoArray(p, j);
        }
    }

    static void adam(float[] p, float[] g, float[] m, float[] v, int n, float rate, UpdateRule.Adam rule) {
        for (int j = 0; j < n; j += L) {
            FloatVector gj = fromArray(S, g, j);
            FloatVector mj = fromArray(S, m, j).fma(broadcast(S, rule.beta1()), gj.mul(1 - rule.beta1()));
            FloatVector vj = fromArray(S, v, j)
                    .fma(broadcast(S, rule.beta2()), gj.mul(gj).mul(1 - rule.beta2()));
            mj.intoArray(m, j);
            vj.intoArray(v, j);
            fromArray(S, p, j)
                    .sub(mj.mul(rate).div(vj.sqrt().add(rule.epsilon())))
                    .intoArray(p, j);
        }
    }
}
