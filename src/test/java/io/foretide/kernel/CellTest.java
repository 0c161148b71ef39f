package io.foretide.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CellTest {
    static Stream<Arguments> shapes() {
        return Stream.of(
                Arguments.of(1, 1, 1L), Arguments.of(3, 7, 2L), Arguments.of(8, 17, 3L), Arguments.of(5, 64, 4L));
    }

    @ParameterizedTest(name = "{0} inputs, {1} units, seed {2}")
    @MethodSource("shapes")
    void lstmWalksAsItsFormulaInDoublePrecision(int inputs, int units, long seed) {
        var random = new Random(seed);
        var cell = new LstmCell(
                matrix(random, inputs, 4 * units), matrix(random, units, 4 * units), vector(random, 4 * units));
        CellState state = cell.initialState();
        double[] h = new double[units], c = new double[units];

        for (int step = 0; step < 20; step++) {
            float[] x = vector(random, inputs);
            cell.step(x, state);
            double[] z = sums(cell.w(), cell.r(), cell.b(), x, h);
            for (int k = 0; k < units; k++) {
                c[k] = sigmoid(z[units + k]) * c[k] + sigmoid(z[k]) * Math.tanh(z[3 * units + k]);
                h[k] = sigmoid(z[2 * units + k]) * Math.tanh(c[k]);
            }
        }

        assertClose(state.hidden(), h);
        assertClose(state.cell(), c);
    }

    @ParameterizedTest(name = "{0} inputs, {1} units, seed {2}")
    @MethodSource("shapes")
    void simpleRnnWalksAsItsFormulaInDoublePrecision(int inputs, int units, long seed) {
        for (SimpleRnnCell.Squash squash : SimpleRnnCell.Squash.values()) {
            var random = new Random(seed);
            var cell = new SimpleRnnCell(
                    matrix(random, inputs, units), matrix(random, units, units), vector(random, units), squash);
            CellState state = cell.initialState();
            double[] h = new double[units];

            for (int step = 0; step < 5; step++) {
                float[] x = vector(random, inputs);
                cell.step(x, state);
                double[] z = sums(cell.w(), cell.r(), cell.b(), x, h);
                for (int k = 0; k < units; k++) {
                    h[k] = switch (squash) {
                        case TANH -> Math.tanh(z[k]);
                        case RELU -> Math.max(0, z[k]);
                        case SIGMOID -> sigmoid(z[k]);
                    };
                }
            }

            assertClose(state.hidden(), h);
        }
    }

    @ParameterizedTest(name = "{0} inputs, {1} units, seed {2}")
    @MethodSource("shapes")
    void productIsOneChainOfFusedMultiplyAdds(int rows, int columns, long seed) {
        var random = new Random(seed);
        Matrix matrix = matrix(random, rows, columns);
        float[] x = vector(random, rows), z = vector(random, columns), expected = z.clone();

        matrix.multiplyAdd(x, z);

        for (int j = 0; j < columns; j++) {
            for (int k = 0; k < rows; k++) {
                expected[j] = Math.fma(x[k], matrix.values()[k * columns + j], expected[j]);
            }
        }
        assertThat(z).containsExactly(expected);
    }

    private static double[] sums(Matrix w, Matrix r, float[] b, float[] x, double[] h) {
        double[] z = new double[b.length];
        for (int j = 0; j < z.length; j++) {
            z[j] = b[j];
            for (int k = 0; k < x.length; k++) {
                z[j] += x[k] * w.values()[k * z.length + j];
            }
            for (int k = 0; k < h.length; k++) {
                z[j] += h[k] * r.values()[k * z.length + j];
            }
        }
        return z;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static void assertClose(float[] actual, double[] expected) {
        for (int k = 0; k < expected.length; k++) {
            assertThat((double) actual[k]).isCloseTo(expected[k], within(1e-5 * Math.max(1, Math.abs(expected[k]))));
        }
    }

    private static Matrix matrix(Random random, int rows, int columns) {
        return new Matrix(rows, columns, vector(random, rows * columns));
    }

    private static float[] vector(Random random, int length) {
        float[] vector = new float[length];
        for (int i = 0; i < length; i++) {
            vector[i] = (float) (0.4 * random.nextGaussian());
        }
        return vector;
    }
}
