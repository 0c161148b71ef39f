package io.foretide.kernel;

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
    public void multiplyAdd(int rows, float[] a, int ao, int lda, PackedMatrix b, float[] c, int co, int ldc) {
        int width = b.panelWidth;
        for (int row = 0; row < rows; row++) {
            for (int panel = 0; panel < b.panels(); panel++) {
                int from = b.panelStart(panel), to = co + row * ldc + panel * width;
                for (int k = 0; k < b.rows(); k++) {
                    float x = a[ao + row * lda + k];
                    for (int j = 0; j < width; j++) {
                        c[to + j] = Math.fma(x, b.values[from + k * width + j], c[to + j]);
                    }
                }
            }
        }
    }
}
