package io.foretide.kernel;

/**
 * A dense matrix, row after row.
 *
 * @param values the element in row k and column j stands at {@code k * columns + j}
 */
public record Matrix(int rows, int columns, float[] values) {
    public Matrix {
        if (values.length != rows * columns) {
            throw new IllegalArgumentException(values.length + " values for " + rows + " × " + columns);
        }
    }

    /**
     * z ← z + xᵀ·M. Each z[j] is one chain of fused multiply-adds in ascending k, so that its bits do not depend on how
     * the columns are grouped.
     *
     * @param x as many numbers as there are rows
     * @param z as many numbers as there are columns, or more
     */
    void multiplyAdd(float[] x, float[] z) {
        for (int k = 0; k < rows; k++) {
            float factor = x[k];
            int row = k * columns;
            for (int j = 0; j < columns; j++) {
                z[j] = Math.fma(factor, values[row + j], z[j]);
            }
        }
    }
}
