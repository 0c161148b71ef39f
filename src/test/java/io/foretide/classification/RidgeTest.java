package io.foretide.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RidgeTest {
    /** What is said of a sequence that was left out is what a fit of the others alone says. */
    @ParameterizedTest
    @CsvSource({"12,30", "40,7"})
    void leavesOutASequenceAsIfItHadNotBeenThere(int n, int features) {
        var random = new Random(n);
        float[][] z = new float[features][n];
        double[][] y = new double[2][n];
        for (int i = 0; i < n; i++) {
            for (int f = 0; f < features; f++) {
                z[f][i] = (float) random.nextGaussian();
            }
            y[0][i] = z[0][i] + random.nextGaussian();
            y[1][i] = z[1][i] - z[2][i] + random.nextGaussian();
        }

        Ridge.standardize(z, 0);
        for (double[] target : y) {
            double mean = Arrays.stream(target).average().orElseThrow();
            Arrays.setAll(target, i -> target[i] - mean);
        }

        Ridge.Fit fit = new Ridge(z, y, Deadline.NONE).fit(0.1);

        int out = 5;
        double expected = leftOut(z, y[1], out, 0.1 * (n <= features ? features : n));
        assertThat(fit.leftOut()[1][out]).isCloseTo(expected, within(0.01));
    }

    /** By the normal equations of all but one, with a constant that hardly anything penalises. */
    private static double leftOut(float[][] withoutConstant, double[] y, int out, double penalty) {
        float[][] z = Arrays.copyOf(withoutConstant, withoutConstant.length + 1);
        z[withoutConstant.length] = new float[y.length];
        Arrays.fill(z[withoutConstant.length], 100);
        int features = z.length;
        double[][] products = new double[features][features];
        double[] right = new double[features];
        for (int i = 0; i < y.length; i++) {
            for (int f = 0; i != out && f < features; f++) {
                right[f] += z[f][i] * y[i];
                for (int g = 0; g < features; g++) {
                    products[f][g] += z[f][i] * z[g][i];
                }
            }
        }
        double[] w = Cholesky.solve(Cholesky.factor(products, penalty, Deadline.NONE), right);
        double said = 0;
        for (int f = 0; f < features; f++) {
            said += w[f] * z[f][out];
        }
        return said;
    }
}
