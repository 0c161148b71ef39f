package io.foretide.kernel;

/** Arithmetic on segments, and losses of many elements: the definition. */
final class ScalarElements {
    private ScalarElements() {}

    static void add(float[] a, int ao, float[] b, int bo, int n) {
        for (int j = 0; j < n; j++) {
            a[ao + j] += b[bo + j];
        }
    }

    static void multiply(float[] a, int ao, float[] b, int bo, float[] to, int o, int n) {
        for (int j = 0; j < n; j++) {
            to[o + j] = a[ao + j] * b[bo + j];
        }
    }

    static void addProduct(float[] a, int ao, float[] b, int bo, float[] to, int o, int n) {
        for (int j = 0; j < n; j++) {
            to[o + j] = Math.fma(a[ao + j], b[bo + j], to[o + j]);
        }
    }

    static void scale(float[] a, int o, int n, float factor) {
        for (int j = 0; j < n; j++) {
            a[o + j] *= factor;
        }
    }

    static float max(float[] a, int o, int n) {
        float most = Float.NEGATIVE_INFINITY;
        for (int j = 0; j < n; j++) {
            most = a[o + j] > most ? a[o + j] : most;
        }
        return most;
    }

    static void sum(float[] a, int o, int n, Stripes stripes) {
        for (int j = 0; j < n; j++) {
            stripes.sums[j % FloatOps.STRIPES] += a[o + j];
        }
    }

    static void sumOfSquares(float[] a, int o, int n, Stripes stripes) {
        for (int j = 0; j < n; j++) {
            int s = j % FloatOps.STRIPES;
            stripes.sums[s] = Math.fma(a[o + j], a[o + j], stripes.sums[s]);
        }
    }

    static void squared(float[] y, float[] a, int o, float[] gradient, int n, float weight, Stripes stripes) {
        for (int j = 0; j < n; j++) {
            float error = a[o + j] - y[j];
            error = Float.isNaN(error) ? 0 : error;
            int s = j % FloatOps.STRIPES;
            stripes.sums[s] = Math.fma(error, error, stripes.sums[s]);
            gradient[o + j] = error * (2 * weight);
        }
    }

    static void pinball(
            float[] y, float[] levels, float[] a, int o, float[] gradient, int n, float weight, Stripes stripes) {
        for (int j = 0; j < n; j++) {
            float q = levels[j];
            float error = y[j] - a[o + j];
            float slope = error > 0 ? -q : 1 - q;
            slope = Float.isNaN(error) ? 0 : slope;
            error = Float.isNaN(error) ? 0 : error;
            int s = j % FloatOps.STRIPES;
            stripes.sums[s] = Math.fma(-slope, error, stripes.sums[s]);
            gradient[o + j] = slope * weight;
        }
    }
}
