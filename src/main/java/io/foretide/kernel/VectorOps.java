package io.foretide.kernel;

import org.jspecify.annotations.Nullable;

/** The definition's twin on vectors. Only loaded where the Vector API is. */
final class VectorOps implements FloatOps {
    static boolean supported() {
        return Lanes.supported();
    }

    @Override
    public String description() {
        return Lanes.SPECIES.vectorBitSize() + "-bit vectors";
    }

    @Override
    public int panelWidth() {
        return 2 * Lanes.LANES;
    }

    @Override
    public @Nullable PairedPanels pair(PackedMatrix matrix) {
        return PairedPanels.of(matrix);
    }

    @Override
    public void multiplyAdd(int rows, float[] a, int ao, int lda, PackedMatrix b, float[] c, int co, int ldc) {
        VectorProducts.multiplyAdd(rows, a, ao, lda, 1, b, c, co, ldc);
    }

    @Override
    public void multiplyTransposedAdd(
            int columns, float[] a, int ao, int lda, PackedMatrix b, float[] c, int co, int ldc) {
        VectorProducts.multiplyAdd(columns, a, ao, 1, lda, b, c, co, ldc);
    }

    @Override
    public void pack(PackedMatrix b, float[] source, int offset, int stride) {
        VectorProducts.pack(b, source, offset, stride);
    }

    @Override
    public Gates gates(RecurrentUnit unit) {
        return switch (unit) {
            case TANH, RELU, SIGMOID -> new VectorSimpleRnn(unit);
            case LSTM -> new VectorLstm();
            case GRU -> new VectorGru();
        };
    }

    @Override
    public void add(float[] a, int ao, float[] b, int bo, int n) {
        VectorElements.add(a, ao, b, bo, n);
    }

    @Override
    public void multiply(float[] a, int ao, float[] b, int bo, float[] to, int o, int n) {
        VectorElements.multiply(a, ao, b, bo, to, o, n);
    }

    @Override
    public void addProduct(float[] a, int ao, float[] b, int bo, float[] to, int o, int n) {
        VectorElements.addProduct(a, ao, b, bo, to, o, n);
    }

    @Override
    public void scale(float[] a, int o, int n, float factor) {
        VectorElements.scale(a, o, n, factor);
    }

    @Override
    public float max(float[] a, int o, int n) {
        return VectorElements.max(a, o, n);
    }

    @Override
    public void exp(float[] a, int o, int n, float shift) {
        VectorActivations.exp(a, o, n, shift);
    }

    @Override
    public void sum(float[] a, int o, int n, Stripes stripes) {
        VectorElements.sum(a, o, n, stripes);
    }

    @Override
    public void sumOfSquares(float[] a, int o, int n, Stripes stripes) {
        VectorElements.sumOfSquares(a, o, n, stripes);
    }

    @Override
    public void squared(float[] y, float[] a, int o, float[] gradient, int n, float weight, Stripes stripes) {
        VectorElements.squared(y, a, o, gradient, n, weight, stripes);
    }

    @Override
    public void pinball(
            float[] y, float[] levels, float[] a, int o, float[] gradient, int n, float weight, Stripes stripes) {
        VectorElements.pinball(y, levels, a, o, gradient, n, weight, stripes);
    }

    @Override
    public void clip(float[] g, int n, float factor, float most) {
        VectorUpdates.clip(g, n, factor, most);
    }

    @Override
    public void addDecay(float[] decays, float factor, float[] p, float[] to, int n) {
        VectorUpdates.addDecay(decays, factor, p, to, n);
    }

    @Override
    public void sgd(float[] p, float[] g, int n, float rate) {
        VectorUpdates.sgd(p, g, n, rate);
    }

    @Override
    public void momentum(float[] p, float[] g, float[] v, int n, float rate, UpdateRule.Momentum rule) {
        VectorUpdates.momentum(p, g, v, n, rate, rule);
    }

    @Override
    public void rmsProp(float[] p, float[] g, float[] s, int n, float rate, UpdateRule.RmsProp rule) {
        VectorUpdates.rmsProp(p, g, s, n, rate, rule);
    }

    @Override
    public void adam(float[] p, float[] g, float[] m, float[] v, int n, float rate, UpdateRule.Adam rule) {
        VectorUpdates.adam(p, g, m, v, n, rate, rule);
    }
}
