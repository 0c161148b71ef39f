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
}
