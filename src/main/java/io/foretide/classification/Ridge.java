package io.foretide.classification;

import io.foretide.kernel.Gram;

/**
 * Linear least squares with a penalty on the weights, for many features and few sequences or the other way round. How large
 * the penalty is, is chosen by the errors of each sequence as if the others alone had been learned from, which need no
 * further fit:
 *
 * <pre>
 *   dual:   (K + αI)·a = y     K = Z·Zᵀ/features + 10     wᵢ = Σ zᵢ·a / features      y − ŷ₋ₙ = aₙ / ((K + αI)⁻¹)ₙₙ
 *   primal: (G + αI)·w = Zᵀ·y/n     G = Zᵀ·Z/n       y − ŷ₋ₙ = (y − ŷₙ) / (1 − (1 + ‖L⁻¹zₙ‖²)/n)     L·Lᵀ = G + αI
 * </pre>
 *
 * for features Z with mean 0 and y with mean 0. All is asked between products of rows whether there is time for more.
 */
final class Ridge {
    private static final double[] PENALTIES = {1e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1, 3, 10};

    /** A sequence that alone decides its own value says nothing about others. */
    private static final double MOST_LEVERAGE = 0.99;

    /**
     * What a feature adds to K that is the same for all sequences: the mean of y is learned too, so it has to be left out
     * as well, else each sequence would be told by the others that it is missing in their mean.
     */
    private static final double CONSTANT = 10;

    /** A feature that varies less is constant but for rounding. */
    private static final double LEAST_DEVIATION = 1e-9;

    /**
     * What was learned.
     *
     * @param weights [targets][features]
     * @param leftOut [targets][sequences]: what is said of each sequence as if it had not been learned from
     * @param error the mean squared error of that
     */
    record Fit(double[][] weights, double[][] leftOut, double error) {}

    private final float[][] z;
    private final double[][] y;
    private final Deadline deadline;

    /**
     * @param z [features][sequences], each with mean 0 and deviation 1 or 0
     * @param y [targets][sequences], each with mean 0
     */
    Ridge(float[][] z, double[][] y, Deadline deadline) {
        this.z = z;
        this.y = y;
        this.deadline = deadline;
    }

    Fit fit() {
        return fit(PENALTIES);
    }

    /** The best of some penalties, or of those that there was time for, if of any. */
    Fit fit(double... penalties) {
        int features = z.length, n = y[0].length;
        boolean dual = n <= features;
        double[][] products = dual ? dualProducts(n) : primalProducts(n);
        double[][] rightSides = dual ? y : means();
        Fit best = null;
        for (double penalty : penalties) {
            try {
                double[][] factor = Cholesky.factor(products, penalty, deadline);
                Fit fit = dual ? dual(factor) : primal(rightSides, factor);
                best = best == null || fit.error() < best.error() ? fit : best;
            } catch (Deadline.Passed e) {
                if (best == null) {
                    throw e;
                }
                break;
            }
        }
        if (best == null) {
            throw new IllegalStateException("no penalty was tried");
        }
        return best;
    }

    private double[][] dualProducts(int n) {
        var gram = new Gram(n);
        for (float[] feature : z) {
            deadline.check();
            gram.add(feature, 0, n);
        }
        double[][] products = scaled(gram, n, z.length);
        for (double[] row : products) {
            for (int j = 0; j < n; j++) {
                row[j] += CONSTANT;
            }
        }
        return products;
    }

    private double[][] primalProducts(int n) {
        var gram = new Gram(z.length);
        float[] row = new float[z.length];
        for (int i = 0; i < n; i++) {
            deadline.check();
            for (int f = 0; f < z.length; f++) {
                row[f] = z[f][i];
            }
            gram.add(row, 0, row.length);
        }
        return scaled(gram, z.length, n);
    }

    private static double[][] scaled(Gram gram, int size, double by) {
        double[][] products = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                products[i][j] = gram.at(i, j) / by;
            }
        }
        return products;
    }

    /** Zᵀ·y/n. */
    private double[][] means() {
        double[][] means = new double[y.length][z.length];
        for (int target = 0; target < y.length; target++) {
            for (int f = 0; f < z.length; f++) {
                deadline.check();
                double sum = 0;
                for (int i = 0; i < z[f].length; i++) {
                    sum += z[f][i] * y[target][i];
                }
                means[target][f] = sum / z[f].length;
            }
        }
        return means;
    }

    private Fit dual(double[][] factor) {
        int n = y[0].length;
        double[] diagonal = Cholesky.diagonalOfInverse(factor, deadline);
        double[][] weights = new double[y.length][], leftOut = new double[y.length][n];
        double error = 0;
        for (int target = 0; target < y.length; target++) {
            double[] a = Cholesky.solve(factor, y[target]);
            for (int i = 0; i < n; i++) {
                double e = a[i] / diagonal[i];
                leftOut[target][i] = y[target][i] - e;
                error += e * e;
            }
            weights[target] = new double[z.length];
            for (int f = 0; f < z.length; f++) {
                deadline.check();
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += z[f][i] * a[i];
                }
                weights[target][f] = sum / z.length;
            }
        }
        return new Fit(weights, leftOut, error / n / y.length);
    }

    private Fit primal(double[][] means, double[][] factor) {
        int n = y[0].length;
        double[] leverage = Cholesky.squaredNorms(factor, z, deadline);
        double[][] weights = new double[y.length][], leftOut = new double[y.length][];
        double error = 0;
        for (int target = 0; target < y.length; target++) {
            weights[target] = Cholesky.solve(factor, means[target]);
            double[] said = new double[n];
            for (int f = 0; f < z.length; f++) {
                deadline.check();
                double w = weights[target][f];
                for (int i = 0; i < n; i++) {
                    said[i] += w * z[f][i];
                }
            }
            for (int i = 0; i < n; i++) {
                double e = (y[target][i] - said[i]) / (1 - Math.min(MOST_LEVERAGE, (1 + leverage[i]) / n));
                said[i] = y[target][i] - e;
                error += e * e;
            }
            leftOut[target] = said;
        }
        return new Fit(weights, leftOut, error / n / y.length);
    }

    /**
     * Sets each row to mean 0 and deviation 1, or to 0 where it is constant. NaN is a number that is not known, and becomes 0.
     *
     * @param least what is added to deviations, so that hardly anything never becomes much
     * @return means and deviations of the rows; a deviation of 0 for those that are constant
     */
    static double[][] standardize(float[][] features, double least) {
        double[] means = new double[features.length], deviations = new double[features.length];
        for (int f = 0; f < features.length; f++) {
            float[] row = features[f];
            double sum = 0, squares = 0;
            int known = 0;
            for (float x : row) {
                if (!Float.isNaN(x)) {
                    sum += x;
                    known++;
                }
            }
            means[f] = known == 0 ? 0 : sum / known;
            for (float x : row) {
                squares += Float.isNaN(x) ? 0 : (x - means[f]) * (x - means[f]);
            }
            double deviation = known == 0 ? 0 : Math.sqrt(squares / known);
            deviations[f] = deviation < LEAST_DEVIATION ? 0 : deviation + least;
            for (int i = 0; i < row.length; i++) {
                boolean says = deviations[f] > 0 && !Float.isNaN(row[i]);
                row[i] = says ? (float) ((row[i] - means[f]) / deviations[f]) : 0;
            }
        }
        return new double[][] {means, deviations};
    }
}
