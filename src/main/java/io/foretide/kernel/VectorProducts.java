package io.foretide.kernel;

import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.VectorSpecies;

/** Products: cuts the rows of the left operand and the columns of the right one into {@link Tiles}. */
final class VectorProducts {
    private static final VectorSpecies<Float> S = Lanes.SPECIES;
    private static final int L = Lanes.LANES;
    private static final int WIDTH = 2 * L;

    /** As many rows of a panel as fit the first cache. */
    private static final int DEPTH = 256;

    /** Eight rows need 19 vector registers: AVX-512 and NEON have 32. AVX2 has 16, enough for six. */
    private static final int TILE_ROWS = Lanes.SPECIES.vectorBitSize() == 512
                    || System.getProperty("os.arch").equals("aarch64")
            ? 8
            : 6;

    private VectorProducts() {}

    /**
     * As {@link FloatOps#multiplyAdd}, for A whose rows are {@code lda} apart and whose columns {@code ka}: one of the two is
     * 1, and which one says whether A is transposed.
     */
    static void multiplyAdd(int rows, float[] a, int ao, int lda, int ka, PackedMatrix b, float[] c, int co, int ldc) {
        for (int k = 0; k < b.rows(); k += DEPTH) {
            int depth = Math.min(DEPTH, b.rows() - k);
            int tiled = rows % TILE_ROWS % 4 == 1 ? rows - 1 : rows; // a last single row is better off alone
            if (tiled > 0) {
                tiles(tiled, depth, a, ao + k * ka, lda, ka, b, k, c, co, ldc);
            }
            if (tiled < rows) {
                row(depth, a, ao + tiled * lda + k * ka, ka, b, k, c, co + tiled * ldc);
            }
        }
    }

    private static void tiles(
            int rows,
            int depth,
            float[] a,
            int ao,
            int lda,
            int ka,
            PackedMatrix b,
            int k,
            float[] c,
            int co,
            int ldc) {
        for (int panel = 0; panel < b.panels(); panel++) {
            int bo = b.panelStart(panel) + k * WIDTH, to = co + panel * WIDTH, row = 0;
            for (; row + TILE_ROWS <= rows; row += TILE_ROWS) {
                if (TILE_ROWS == 8) {
                    Tiles.eightRows(depth, a, ao + row * lda, lda, ka, b.values, bo, c, to + row * ldc, ldc);
                } else {
                    Tiles.sixRows(depth, a, ao + row * lda, lda, ka, b.values, bo, c, to + row * ldc, ldc);
                }
            }
            for (; row < rows; row += 4) {
                int left = Math.min(4, rows - row);
                Tiles.fourRows(left, depth, a, ao + row * lda, lda, ka, b.values, bo, c, to + row * ldc, ldc);
            }
        }
    }

    private static void row(int depth, float[] a, int ao, int ka, PackedMatrix b, int k, float[] c, int co) {
        PairedPanels paired = b.paired();
        if (paired != null) {
            row(depth, a, ao, ka, paired, k, c, co);
            return;
        }
        int panel = 0;
        int distance = b.rows() * WIDTH;
        for (; panel + 4 <= b.panels(); panel += 4) {
            Tiles.rowOfFourPanels(
                    depth, a, ao, ka, b.values, b.panelStart(panel) + k * WIDTH, distance, c, co + panel * WIDTH);
        }
        for (; panel < b.panels(); panel++) {
            Tiles.rowOfOnePanel(depth, a, ao, ka, b.values, b.panelStart(panel) + k * WIDTH, c, co + panel * WIDTH);
        }
    }

    private static void row(int depth, float[] a, int ao, int ka, PairedPanels b, int k, float[] c, int co) {
        int panel = 0;
        for (; panel + PairedPanels.GROUP <= b.panels; panel += PairedPanels.GROUP) {
            int from = b.start(panel) + k * b.stride(panel);
            PairTiles.rowOfFourPanels(depth, a, ao, ka, b.values, from, c, co + panel * WIDTH);
        }
        for (; panel < b.panels; panel++) {
            int stride = b.stride(panel), from = b.start(panel) + k * stride;
            PairTiles.rowOfOnePanel(depth, a, ao, ka, b.values, from, stride, c, co + panel * WIDTH);
        }
    }

    /** As {@link FloatOps#pack}. */
    static void pack(PackedMatrix b, float[] source, int offset, int stride) {
        int to = 0;
        for (int panel = 0; panel < b.panels(); panel++) {
            int from = offset + panel * WIDTH;
            for (int row = 0; row < b.rows(); row++) {
                fromArray(S, source, from + row * stride).intoArray(b.values, to);
                fromArray(S, source, from + row * stride + L).intoArray(b.values, to + L);
                to += WIDTH;
            }
        }
    }
}
