package io.foretide.kernel;

/** A linear layer: out = x·W + b. */
public record Dense(Matrix w, float[] b) {
    public int inputs() {
        return w.rows();
    }

    public int outputs() {
        return w.columns();
    }

    public void apply(float[] input, float[] out) {
        System.arraycopy(b, 0, out, 0, outputs());
        w.multiplyAdd(input, out);
    }
}
