package io.foretide.kernel;

import org.jspecify.annotations.Nullable;

/** The definition: plain loops, one element at a time. */
final class ScalarOps implements FloatOps {
    private final String description;

    /** @param description for people: why it is this one */
    ScalarOps(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public int panelWidth() {
        return PADDING;
    }

    @Override
    public @Nullable PairedPanels pair(PackedMatrix matrix) {
        return null;
    }

    @Override
    public void multiplyAdd(int rows, float[] a, int ao, int lda, PackedMatrix b, float[] c, int co, int ldc) {
        multiplyAdd(rows, a, ao, lda, 1, b, c, co, ldc);
    }

    @Override
    public void multiplyTransposedAdd(
            int columns, float[] a, int ao, int lda, PackedMatrix b, float[] c, int co, int ldc) {
        multiplyAdd(columns, a, ao, 1, lda, b, c, co, ldc);
    }

    /** Columns of A are {@code ka} apart. */
    private static void multiplyAdd(
            int rows, float[] a, int ao, int lda, int ka, PackedMatrix b, float[] c, int co, int ldc) {
        int width = b.panelWidth;
        for (int row = 0; row < rows; row++) {
            for (int panel = 0; panel < b.panels(); panel++) {
                int from = b.panelStart(panel), to = co + row * ldc + panel * width;
                for (int k = 0; k < b.rows(); k++) {
                    float x = a[ao + row * lda + k * ka];
                    for (int j = 0; j < width; j++) {
                        c[to + j] = Math.fma(x, b.values[from + k * width + j], c[to + j]);
                    }
                }
            }
        }
    }

    @Override
    public void pack(PackedMatrix b, float[] source, int offset, int stride) {
        for (int row = 0; row < b.rows(); row++) {
            b.setRow(row, 0, source, offset + row * stride, b.columns);
        }
    }

    @Override
    public Gates gates(RecurrentUnit unit) {
        return switch (unit) {
            case TANH, RELU, SIGMOID -> new ScalarSimpleRnn(unit);
            case LSTM -> new ScalarLstm();
            case GRU -> new ScalarGru();
        };
    }

    @Override
    public void add(float[] a, int ao, float[] b, int bo, int n) {
        ScalarElements.add(a, ao, b, bo, n);
    }

    @Override
    public void multiply(float[] a, int ao, float[] b, int bo, float[] to, int o, int n) {
        ScalarElements.multiply(a, ao, b, bo, to, o, n);
    }

    @Override
    public void addProduct(float[] a, int ao, float[] b, int bo, float[] to, int o, int n) {
        ScalarElements.addProduct(a, ao, b, bo, to, o, n);
    }

    @Override
    public void scale(float[] a, int o, int n, float factor) {
        ScalarElements.scale(a, o, n, factor);
    }

    @Override
    public float max(float[] a, int o, int n) {
        return ScalarElements.max(a, o, n);
    }

    @Override
    public void exp(float[] a, int o, int n, float shift) {
        for (int j = o; j < o + n; j++) {
            a[j] = Activations.exp(a[j] - shift);
        }
    }

    @Override
    public void sum(float[] a, int o, int n, Stripes stripes) {
        ScalarElements.sum(a, o, n, stripes);
    }

    @Override
    public void sumOfSquares(float[] a, int o, int n, Stripes stripes) {
        ScalarElements.sumOfSquares(a, o, n, stripes);
    }

    @Override
    public void squared(float[] y, float[] a, int o, float[] gradient, int n, float weight, Stripes stripes) {
        ScalarElements.squared(y, a, o, gradient, n, weight, stripes);
    }

    @Override
    public void pinball(
            float[] y, float[] levels, float[] a, int o, float[] gradient, int n, float weight, Stripes stripes) {
        ScalarElements.pinball(y, levels, a, o, gradient, n, weight, stripes);
    }

    @Override
    public void clip(float[] g, int n, float factor, float most) {
        ScalarUpdates.clip(g, n, factor, most);
    }

    @Override
    public void addDecay(float[] decays, float factor, float[] p, float[] to, int n) {
        ScalarUpdates.addDecay(decays, factor, p, to, n);
    }

    @Override
    public void sgd(float[] p, float[] g, int n, float rate) {
        ScalarUpdates.sgd(p, g, n, rate);
    }

    @Override
    public void momentum(float[] p, float[] g, float[] v, int n, float rate, UpdateRule.Momentum rule) {
        ScalarUpdates.momentum(p, g, v, n, rate, rule);
    }

    @Override
    public void rmsProp(float[] p, float[] g, float[] s, int n, float rate, UpdateRule.RmsProp rule) {
        ScalarUpdates.rmsProp(p, g, s, n, rate, rule);
    }

    @Override
    public void adam(float[] p, float[] g, float[] m, float[] v, int n, float rate, UpdateRule.Adam rule) {
        ScalarUpdates.adam(p, g, m, v, n, rate, rule);
    }
}
