package io.foretide.kernel;

import org.jspecify.annotations.Nullable;

/**
 * A matrix of {@link Bfloat16} in half the memory, for products with a single row, which take as long as reading it does. The
 * two vectors of a panel's row are one here, of {@link Bfloat16#pair}s, and {@link #GROUP} panels lie side by side, so that
 * they are read from one end to the other. Immutable.
 */
final class PairedPanels {
    /** Panels that are read together; the last group has what is left over. */
    static final int GROUP = 4;

    final int[] values;
    private final int rows;
    final int panels;
    private final int lanes;

    private PairedPanels(PackedMatrix matrix) {
        this.rows = matrix.rows();
        this.panels = matrix.panels();
        this.lanes = matrix.panelWidth / 2;
        this.values = new int[rows * panels * lanes];
        for (int panel = 0; panel < panels; panel++) {
            for (int row = 0; row < rows; row++) {
                int from = matrix.panelStart(panel) + row * matrix.panelWidth;
                int to = start(panel) + row * stride(panel);
                for (int lane = 0; lane < lanes; lane++) {
                    values[to + lane] = Bfloat16.pair(matrix.values[from + lane], matrix.values[from + lanes + lane]);
                }
            }
        }
    }

    /** Of a matrix that does not change any more; null where a number of it would. */
    static @Nullable PairedPanels of(PackedMatrix matrix) {
        int size = matrix.rows() * matrix.columns;
        for (int i = 0; i < size; i++) {
            if (!Bfloat16.is(matrix.values[matrix.panelStart(0) + i])) {
                return null;
            }
        }
        return new PairedPanels(matrix);
    }

    /** Where the first row of a panel starts. */
    int start(int panel) {
        int first = panel - panel % GROUP;
        return first * rows * lanes + (panel - first) * lanes;
    }

    /** How far the rows of a panel are apart. */
    int stride(int panel) {
        int first = panel - panel % GROUP;
        return Math.min(GROUP, panels - first) * lanes;
    }
}
