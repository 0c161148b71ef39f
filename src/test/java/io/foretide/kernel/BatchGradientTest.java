package io.foretide.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foretide.kernel.BatchGradient.DropoutRates;
import io.foretide.kernel.RecurrentNetwork.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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
        private final float[] parameters, x, y;

        private Problem(FloatOps ops, Shape shape, DropoutRates dropout, int threads) {
            this.network = new RecurrentNetwork(ops, shape);
            this.dropout = dropout;
            this.threads = threads;
            var random = new Random(4);
            this.parameters =
                    Arrays.copyOf(Numbers.random(random, network.parameters()), FloatOps.padded(network.parameters()));
            this.x = Numbers.random(random, ROWS * STEPS * shape.inputs());
            this.y = Numbers.random(random, ROWS * STEPS * shape.outputs());
        }

        private double loss(float[] at, float[] gradient) {
            network.load(at);
            try (var crew = new Crew(threads)) {
                return new BatchGradient(network, dropout, ROWS + 2, STEPS + 1, crew)
                        .compute(ROWS, STEPS, x, 11, this::squaredError, gradient);
            }
        }

        private double squaredError(BatchOutputs outputs) {
            int n = network.shape.outputs();
            double loss = 0;
            for (int step = 0; step < outputs.steps(); step++) {
                for (int row = 0; row < outputs.rows(); row++) {
                    int at = outputs.at(step, row), label = ((outputs.firstRow() + row) * STEPS + step) * n;
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
