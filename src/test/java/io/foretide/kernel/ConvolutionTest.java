package io.foretide.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolutionTest {
    private static final FloatOps scalar = new ScalarOps("scalar");
    private static final FloatOps fastest = Kernel.fastest();

    @ParameterizedTest(name = "{0} → {1}, {2} taps {3} apart, {4} rows")
    @CsvSource({"1,1,1,1,1", "5,33,1,1,9", "64,17,1,1,16", "3,40,4,1,2", "33,7,3,2,5", "8,64,2,5,17"})
    void givesTheSumOverTapsAndVectorsItsBits(int inputs, int outputs, int taps, int dilation, int rows) {
        var problem = new Problem(inputs, outputs, taps, dilation, rows);

        float[] y = problem.forward(fastest);

        Numbers.assertSame(y, problem.forward(scalar));
        double[] expected = problem.expected();
        for (int i = 0; i < expected.length; i++) {
            float actual = y[i / outputs * FloatOps.padded(outputs) + i % outputs];
            assertThat((double) actual).isCloseTo(expected[i], within(1e-4));
        }
    }

    /** For a map that is linear in x and in its parameters each, the gradient is known: ⟨dy, A·v⟩ = ⟨Aᵀ·dy, v⟩. */
    @ParameterizedTest(name = "{0} → {1}, {2} taps {3} apart, {4} rows")
    @CsvSource({"1,1,1,1,1", "5,33,1,1,9", "64,17,1,1,16", "3,40,4,1,2", "33,7,3,2,5", "8,64,2,5,17"})
    void gradientsAreTheTransposedMap(int inputs, int outputs, int taps, int dilation, int rows) {
        var problem = new Problem(inputs, outputs, taps, dilation, rows);
        var layer = problem.layer(fastest);
        float[] dy = Numbers.random(new Random(2), problem.steps * rows * layer.width);
        for (int i = 0; i < dy.length; i++) {
            dy[i] = i % layer.width < outputs ? dy[i] : 0;
        }
        float[] y = problem.forward(fastest);

        float[] dx = new float[(problem.steps + layer.lead()) * rows * FloatOps.padded(inputs)];
        layer.backward(problem.steps, rows, dy, dx);
        var gradient = new Convolution.Gradient(layer);
        gradient.add(problem.steps, rows, problem.padded(), 0, dy);
        float[] flat = new float[layer.parameters()];
        gradient.copyTo(flat, 0);

        double byOutputs = dot(dy, y);
        double byParameters = dot(flat, problem.parameters);
        assertThat(byParameters).isCloseTo(byOutputs, within(1e-3));
        double byInputs = 0;
        for (int i = 0; i < problem.x.length; i++) {
            byInputs += (double) dx[i / inputs * FloatOps.padded(inputs) + i % inputs] * problem.x[i];
        }
        double byBias = 0;
        for (int j = 0; j < outputs; j++) {
            byBias += (double) flat[flat.length - outputs + j] * problem.parameters[flat.length - outputs + j];
        }
        assertThat(byInputs + byBias).isCloseTo(byOutputs, within(1e-3));
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    private static final class Problem {
        private final int inputs, outputs, taps, dilation, rows;
        private final int steps = 6;
        private final float[] parameters, x;

        private Problem(int inputs, int outputs, int taps, int dilation, int rows) {
            this.inputs = inputs;
            this.outputs = outputs;
            this.taps = taps;
            this.dilation = dilation;
            this.rows = rows;
            var random = new Random(1);
            this.parameters = Numbers.random(random, (taps * inputs + 1) * outputs);
            this.x = Numbers.random(random, (steps + (taps - 1) * dilation) * rows * inputs);
        }

        /** x, with rows that are padded inputs apart and junk in between. */
        private float[] padded() {
            int width = FloatOps.padded(inputs);
            float[] padded = new float[x.length / inputs * width];
            Arrays.fill(padded, 7);
            for (int row = 0; row < x.length / inputs; row++) {
                System.arraycopy(x, row * inputs, padded, row * width, inputs);
            }
            return padded;
        }

        private Convolution layer(FloatOps ops) {
            var layer = new Convolution(ops, inputs, outputs, taps, dilation);
            layer.load(parameters, 0);
            return layer;
        }

        private float[] forward(FloatOps ops) {
            Convolution layer = layer(ops);
            float[] y = new float[steps * rows * layer.width];
            Arrays.fill(y, 7); // is overwritten
            layer.forward(steps, rows, x, 0, inputs, y);
            return y;
        }

        private double[] expected() {
            double[] y = new double[steps * rows * outputs];
            for (int i = 0; i < y.length; i++) {
                int row = i / outputs % rows, step = i / outputs / rows, j = i % outputs;
                y[i] = parameters[taps * inputs * outputs + j];
                for (int tap = 0; tap < taps; tap++) {
                    for (int k = 0; k < inputs; k++) {
                        double w = parameters[(tap * inputs + k) * outputs + j];
                        y[i] += w * x[((step + tap * dilation) * rows + row) * inputs + k];
                    }
                }
            }
            return y;
        }
    }
}
