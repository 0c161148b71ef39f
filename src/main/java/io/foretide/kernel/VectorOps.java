package io.foretide.kernel;

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
    public void multiplyAdd(int rows, float[] a, int ao, int lda, PackedMatrix b, float[] c, int co, int ldc) {
        VectorProducts.multiplyAdd(rows, a, ao, lda, b, c, co, ldc);
    }
}
