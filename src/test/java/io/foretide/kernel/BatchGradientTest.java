package io.foretide.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.foretide.kernel.BatchGradient.DropoutRates;
import io.foretide.kernel.RecurrentNetwork.Shape;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class BatchGradientTest {
    private static final int ROWS = 37;
    private static final int STEPS = 6;
    private static final DropoutRates DROPOUT = new DropoutRates(0.25, 0.1);

    static Stream<Arguments> networks() {
        List<Arguments> networks = new ArrayList<>();
        for (RecurrentUnit unit : RecurrentUnit.values()) {
            for (int layers = 1; layers <= 3; layers++) {
                networks.add(Arguments.of(unit, layers, layers == 2 ? DropoutRates.NONE : DROPOUT));
            }
        }
        return networks.stream();
    }

    @ParameterizedTest(name = "{0}, {1} layers, {2}")
    @MethodSource("networks")
    void lossFallsAsTheGradientSays(RecurrentUnit unit, int layers, DropoutRates dropout) {
        var problem = new Problem(Kernel.fastest(), new Shape(unit, 3, 20, layers, 5), dropout, 1);
        float[] gradient = new float[problem.parameters.length];
        problem.loss(problem.parameters, gradient);
        double squares = 0;
        for (float g : gradient) {
            squares += (double) g * g;
        }

        double distance = 1e-3 / Math.sqrt(squares);
        double difference = problem.loss(moved(problem.parameters, gradient, distance), new float[gradient.length])
                - problem.loss(moved(problem.parameters, gradient, -distance), new float[gradient.length]);

        assertThat(difference / (2 * distance)).isCloseTo(squares, within(5e-3 * squares));
    }

    private static float[] moved(float[] parameters, float[] gradient, double distance) {
        float[] moved = parameters.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += (float) (distance * gradient[i]);
        }
        return moved;
    }

    @ParameterizedTest
    @EnumSource
    void resultDoesNotDependOnTheNumberOfThreads(RecurrentUnit unit) {
        float[] expected = trained(Kernel.fastest(), unit, 1);

        Numbers.assertSame(trained(Kernel.fastest(), unit, 2), expected);
        Numbers.assertSame(trained(Kernel.fastest(), unit, 4), expected);
    }

    @ParameterizedTest
    @EnumSource
    void trainingOnVectorsIsTrainingOnTheDefinition(RecurrentUnit unit) {
        Numbers.assertSame(trained(Kernel.fastest(), unit, 1), trained(new ScalarOps("scalar"), unit, 1));
    }

    @Test
    void aLargeBatchGivesTheSumOfItsHalves() {
        var shape = new Shape(RecurrentUnit.LSTM, 3, 9, 2, 5);
        int rows = 2 * BatchGradient.SHARD * BatchGradient.MOST_PARTS;
        var whole = new Problem(Kernel.fastest(), shape, DropoutRates.NONE, 2, rows);
        float[] both = new float[whole.parameters.length], half = both.clone(), otherHalf = both.clone();

        double loss = whole.loss(whole.parameters, both);
        double halves = whole.part(0, rows / 2, half) + whole.part(rows / 2, rows, otherHalf);

        assertThat(loss).isCloseTo(halves, within(1e-6 * halves));
        for (int i = 0; i < both.length; i++) {
            float sum = half[i] + otherHalf[i];
            assertThat(both[i]).isCloseTo(sum, within(1e-4f + 1e-4f * Math.abs(sum)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LSTM, 1, 40, 3, 16, 5, 1",
        "GRU, 2, 65, 198, 700, 30, 2",
        "TANH, 3, 16, 40, 64, 100, 20",
        "LSTM, 2, 128, 11, 33, 48, 1"
    })
    void saysHowMuchMemoryItTakes(
            RecurrentUnit unit, int layers, int units, int outputs, int rows, int steps, int computing) {
        var shape = new Shape(unit, 7, units, layers, outputs);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (var crew = new Crew(computing)) {
            new BatchGradient(new RecurrentNetwork(shape), DROPOUT, rows, steps, crew); // classes are loaded

            long before = threads.getCurrentThreadAllocatedBytes();
            new BatchGradient(new RecurrentNetwork(shape), DROPOUT, rows, steps, crew);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;

            assertThat(BatchGradient.bytes(shape, rows, steps, computing))
                    .isGreaterThan((long) (0.95 * allocated))
                    .isLessThan((long) (1.5 * allocated));
        }
    }

    @ParameterizedTest
    @EnumSource(RecurrentUnit.class)
    void givesTheGradientByInputsToo(RecurrentUnit unit) {
        var problem = new Problem(Kernel.fastest(), new Shape(unit, 3, 20, 2, 5), DROPOUT, 2);
        float[] byInputs = new float[problem.x.length];
        problem.loss(problem.parameters, new float[problem.parameters.length], byInputs);

        float[] x = problem.x.clone();
        double squares = 0;
        for (float g : byInputs) {
            squares += (double) g * g;
        }
        double distance = 1e-3 / Math.sqrt(squares);
        double[] losses = new double[2];
        for (int side = 0; side < 2; side++) {
            float[] moved = moved(x, byInputs, side == 0 ? distance : -distance);
            System.arraycopy(moved, 0, problem.x, 0, x.length);
            losses[side] = problem.loss(problem.parameters, new float[problem.parameters.length]);
        }

        assertThat((losses[0] - losses[1]) / (2 * distance)).isCloseTo(squares, within(5e-3 * squares));
    }

    private static float[] trained(FloatOps ops, RecurrentUnit unit, int threads) {
        var problem = new Problem(ops, new Shape(unit, 3, 33, 2, 5), DROPOUT, threads);
        float[] parameters = problem.parameters.clone(), gradient = new float[parameters.length];
        var limits = new ParameterUpdates.Limits(1, Float.POSITIVE_INFINITY, 1e-4f, 0);
        var updates = new ParameterUpdates(ops, new UpdateRule.Adam(), limits, problem.network.decays());
        for (int i = 0; i < 5; i++) {
            problem.loss(parameters, gradient);
            updates.apply(parameters, gradient, 0.01);
        }
        return parameters;
    }

    /** Random inputs and labels of a batch, the squared error of the first outputs, and a network with random parameters. */
    private static final class Problem {
        private final RecurrentNetwork network;
        private final DropoutRates dropout;
        private final int threads;
        private final int rows;
        private final float[] parameters, x, y;
        private int firstRow;

        private Problem(FloatOps ops, Shape shape, DropoutRates dropout, int threads) {
            this(ops, shape, dropout, threads, ROWS);
        }

        private Problem(FloatOps ops, Shape shape, DropoutRates dropout, int threads, int rows) {
            this.rows = rows;
            this.network = new RecurrentNetwork(ops, shape);
            this.dropout = dropout;
            this.threads = threads;
            var random = new Random(4);
            this.parameters =
                    Arrays.copyOf(Numbers.random(random, network.parameters()), FloatOps.padded(network.parameters()));
            this.x = Numbers.random(random, rows * STEPS * shape.inputs());
            this.y = Numbers.random(random, rows * STEPS * shape.outputs());
        }

        private double loss(float[] at, float[] gradient) {
            return loss(at, gradient, null);
        }

        private double loss(float[] at, float[] gradient, float @Nullable [] byInputs) {
            network.load(at);
            try (var crew = new Crew(threads)) {
                return new BatchGradient(network, dropout, rows + 2, STEPS + 1, crew)
                        .compute(rows, STEPS, x, 11, this::squaredError, gradient, byInputs);
            }
        }

        /** The loss of some of the rows alone. */
        private double part(int from, int to, float[] gradient) {
            int n = STEPS * network.shape.inputs();
            firstRow = from;
            try (var crew = new Crew(1)) {
                return new BatchGradient(network, dropout, to - from, STEPS, crew)
                        .compute(
                                to - from,
                                STEPS,
                                Arrays.copyOfRange(x, from * n, to * n),
                                11,
                                this::squaredError,
                                gradient);
            } finally {
                firstRow = 0;
            }
        }

        private double squaredError(BatchOutputs outputs) {
            int n = network.shape.outputs();
            double loss = 0;
            for (int step = 0; step < outputs.steps(); step++) {
                for (int row = 0; row < outputs.rows(); row++) {
                    int at = outputs.at(step, row), label = ((firstRow + outputs.firstRow() + row) * STEPS + step) * n;
                    for (int j = 0; j < n; j++) {
                        double error = outputs.values()[at + j] - y[label + j];
                        loss += error * error;
                        outputs.values()[at + j] = (float) (2 * error);
                    }
                    Arrays.fill(outputs.values(), at + n, at + network.head.width, 0);
                }
            }
            return loss;
        }
    }
}
