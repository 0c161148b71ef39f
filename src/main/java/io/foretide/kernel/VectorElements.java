package io.foretide.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link ScalarElements} on segments whose length is a multiple of {@link FloatOps#PADDING}. */
final class VectorElements {
    private static final VectorSpecies<Float> S = Lanes.SPECIES;
    private static final int L = Lanes.LANES;
    private static final int STRIPES = FloatOps.STRIPES;

    private VectorElements() {}

    static void add(float[] a, int ao, float[] b, int bo, int n) {
        for (int j = 0; j < n; j += L) {
            fromArray(S, a, ao + j).add(fromArray(S, b, bo + j)).intoArray(a, ao + j);
        }
    }

    static void multiply(float[] a, int ao, float[] b, int bo, float[] to, int o, int n) {
        for (int j = 0; j < n; j += L) {
            fromArray(S, a, ao + j).mul(fromArray(S, b, bo + j)).intoArray(to, o + j);
        }
    }

    static void addProduct(float[] a, int ao, float[] b, int bo, float[] to, int o, int n) {
        for (int j = 0; j < n; j += L) {
            fromArray(S, a, ao + j)
                    .fma(fromArray(S, b, bo + j), fromArray(S, to, o + j))
                    .intoArray(to, o + j);
        }
    }

    static void scale(float[] a, int o, int n, float factor) {
        for (int j = 0; j < n; j += L) {
            fromArray(S, a, o + j).mul(factor).intoArray(a, o + j);
        }
    }

    static float max(float[] a, int o, int n) {
        FloatVector most = broadcast(S, Float.NEGATIVE_INFINITY);
        for (int j = 0; j < n; j += L) {
            FloatVector x = fromArray(S, a, o + j);
            most = most.blend(x, x.compare(GT, most));
        }
        float result = most.lane(0);
        for (int lane = 1; lane < L; lane++) {
            result = most.lane(lane) > result ? most.lane(lane) : result;
        }
        return result;
    }

    static void sum(float[] a, int o, int n, Stripes stripes) {
        for (int s = 0; s < STRIPES; s += L) {
            FloatVector sum = fromArray(S, stripes.sums, s);
            for (int j = s; j < n; j += STRIPES) {
                sum = sum.add(fromArray(S, a, o + j));
            }
            sum.intoArray(stripes.sums, s);
        }
    }

    static void sumOfSquares(float[] a, int o, int n, Stripes stripes) {
        for (int s = 0; s < STRIPES; s += L) {
            FloatVector sum = fromArray(S, stripes.sums, s);
            for (int j = s; j < n; j += STRIPES) {
                FloatVector x = fromArray(S, a, o + j);
                sum = x.fma(x, sum);
            }
            sum.intoArray(stripes.sums, s);
        }
    }

    static void squared(float[] y, float[] a, int o, float[] gradient, int n, float weight, Stripes stripes) {
        for (int s = 0; s < STRIPES; s += L) {
            FloatVector sum = fromArray(S, stripes.sums, s);
            for (int j = s; j < n; j += STRIPES) {
                FloatVector error = fromArray(S, a, o + j).sub(fromArray(S, y, j));
                error = broadcast(S, 0).blend(error, error.compare(EQ, error));
                sum = error.fma(error, sum);
                error.mul(2 * weight).intoArray(gradient, o + j);
            }
            sum.intoArray(stripes.sums, s);
        }
    }

    static void pinball(
            float[] y, float[] levels, float[] a, int o, float[] gradient, int n, float weight, Stripes stripes) {
        for (int s = 0; s < STRIPES; s += L) {
            FloatVector sum = fromArray(S, stripes.sums, s);
            for (int j = s; j < n; j += STRIPES) {
                FloatVector q = fromArray(S, levels, j);
                FloatVector error = fromArray(S, y, j).sub(fromArray(S, a, o + j));
                FloatVector slope = broadcast(S, 1).sub(q).blend(q.neg(), error.compare(GT, 0));
                slope = broadcast(S, 0).blend(slope, error.compare(EQ, error));
                error = broadcast(S, 0).blend(error, error.compare(EQ, error));
                sum = slope.neg().fma(error, sum);
                slope.mul(weight).intoArray(gradient, o + j);
            }
            sum.intoArray(stripes.sums, s);
        }
    }
}
