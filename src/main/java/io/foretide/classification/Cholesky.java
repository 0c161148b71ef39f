package io.foretide.classification;

/** Symmetric positive systems, factored as L·Lᵀ. Loops run along rows, which is what processors are fast at. */
final class Cholesky {
    /** So many columns of a triangular solution stay in the cache. */
    private static final int BLOCK = 256;

    private Cholesky() {}

    /** L of a matrix with a number added on its diagonal; only its lower half is read. */
    static double[][] factor(double[][] matrix, double added, Deadline deadline) {
        int n = matrix.length;
        double[][] u = new double[n][]; // rows of Lᵀ, from the diagonal on
        for (int i = 0; i < n; i++) {
            u[i] = new double[n - i];
            for (int j = i; j < n; j++) {
                u[i][j - i] = matrix[j][i];
            }
            u[i][0] += added;
        }
        for (int k = 0; k < n; k++) {
            deadline.check();
            double pivot = Math.sqrt(Math.max(u[k][0], 1e-12));
            for (int j = 0; j < n - k; j++) {
                u[k][j] /= pivot;
            }
            for (int i = k + 1; i < n; i++) {
                subtract(u[k][i - k], u[k], i - k, u[i], n - i);
            }
        }
        double[][] l = new double[n][];
        for (int i = 0; i < n; i++) {
            l[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                l[i][j] = u[j][i - j];
            }
        }
        return l;
    }

    private static void subtract(double factor, double[] from, int offset, double[] to, int count) {
        for (int j = 0; j < count; j++) {
            to[j] -= factor * from[offset + j];
        }
    }

    /** The x with L·Lᵀ·x = y. */
    static double[] solve(double[][] l, double[] y) {
        int n = l.length;
        double[] x = y.clone();
        for (int i = 0; i < n; i++) {
            double sum = x[i];
            for (int j = 0; j < i; j++) {
                sum -= l[i][j] * x[j];
            }
            x[i] = sum / l[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            x[i] /= l[i][i];
            for (int j = 0; j < i; j++) {
                x[j] -= l[i][j] * x[i];
            }
        }
        return x;
    }

    /** The diagonal of (L·Lᵀ)⁻¹. */
    static double[] diagonalOfInverse(double[][] l, Deadline deadline) {
        int n = l.length;
        double[] norms = new double[n];
        for (int from = 0; from < n; from += BLOCK) {
            int count = Math.min(BLOCK, n - from);
            double[][] x = new double[n][];
            for (int i = from; i < n; i++) {
                deadline.check();
                x[i] = new double[count];
                if (i - from < count) {
                    x[i][i - from] = 1;
                }
                reduce(l, x, from, i, norms, from);
            }
        }
        return norms;
    }

    /** ‖L⁻¹·zₙ‖² of each column zₙ. */
    static double[] squaredNorms(double[][] l, float[][] z, Deadline deadline) {
        int n = z[0].length;
        double[] norms = new double[n];
        for (int from = 0; from < n; from += BLOCK) {
            int count = Math.min(BLOCK, n - from);
            double[][] x = new double[l.length][count];
            for (int i = 0; i < l.length; i++) {
                deadline.check();
                for (int j = 0; j < count; j++) {
                    x[i][j] = z[i][from + j];
                }
                reduce(l, x, 0, i, norms, from);
            }
        }
        return norms;
    }

    /** Row i of L⁻¹·X, where the rows from {@code first} on before it are done; adds its squares to the norms. */
    private static void reduce(double[][] l, double[][] x, int first, int i, double[] norms, int offset) {
        double[] row = x[i];
        for (int j = first; j < i; j++) {
            subtract(l[i][j], x[j], 0, row, row.length);
        }
        for (int j = 0; j < row.length; j++) {
            row[j] /= l[i][i];
            norms[offset + j] += row[j] * row[j];
        }
    }
}
