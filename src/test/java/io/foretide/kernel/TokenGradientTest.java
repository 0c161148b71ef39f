package io.foretide.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.foretide.kernel.BatchGradient.DropoutRates;
import io.foretide.kernel.TokenGradient.Batch;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TokenGradientTest {
    private static final int ROWS = 37;
    private static final int STEPS = 6;
    private static final int TOKENS = 11;
    private static final DropoutRates DROPOUT = new DropoutRates(0.25, 0.1);

    static Stream<Arguments> networks() {
        List<Arguments> networks = new ArrayList<>();
        for (RecurrentUnit unit : RecurrentUnit.values()) {
            networks.add(Arguments.of(new TokenShape(unit, TOKENS, 5, 20, 1), DROPOUT));
            networks.add(Arguments.of(new TokenShape(unit, TOKENS, 20, 20, 2), DropoutRates.NONE));
            networks.add(Arguments.of(new TokenShape(unit, TOKENS, 20, 20, 3), DROPOUT));
        }
        return networks.stream();
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("networks")
    void lossFallsAsTheGradientSays(TokenShape shape, DropoutRates dropout) {
        var problem = new Problem(Kernel.fastest(), shape, dropout, 1);
        float[] gradient = new float[problem.parameters.length];
        problem.loss(problem.parameters, gradient);
        double squares = 0;
        for (float g : gradient) {
            squares += (double) g * g;
        }

        double distance = 4e-3 / Math.sqrt(squares);
        double difference = problem.loss(moved(problem.parameters, gradient, distance), new float[gradient.length])
                - problem.loss(moved(problem.parameters, gradient, -distance), new float[gradient.length]);

        double mean = difference / (2 * distance) / (ROWS * STEPS);
        assertThat(mean).isCloseTo(squares, within(1e-2 * squares));
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

    @ParameterizedTest
    @EnumSource
    void sequencesGoOnWhereTheLastBatchEnded(RecurrentUnit unit) {
        var problem = new Problem(Kernel.fastest(), new TokenShape(unit, TOKENS, 7, 33, 2), DropoutRates.NONE, 1);
        float[] atOnce = problem.carried.clone(), inPieces = problem.carried.clone();

        double whole = problem.compute(problem.part(0, STEPS), atOnce);
        double pieces =
                problem.compute(problem.part(0, 2), inPieces) + problem.compute(problem.part(2, STEPS), inPieces);

        assertThat(whole).isCloseTo(pieces, within(1e-9 * whole));
        Numbers.assertSame(inPieces, atOnce);
    }

    @ParameterizedTest
    @EnumSource
    void walkingAfterwardsIsWhatWasTrained(RecurrentUnit unit) {
        var problem = new Problem(Kernel.fastest(), new TokenShape(unit, TOKENS, 7, 33, 2), DropoutRates.NONE, 1);
        float[] carried = problem.carried.clone();
        var stepper = new TokenStepper(new TokenCells(problem.shape, problem.parameters), ROWS);

        problem.compute(problem.part(0, STEPS), carried);
        float[][] walked = problem.rows();
        for (int step = 0; step < STEPS; step++) {
            int[] tokens = new int[ROWS];
            for (int row = 0; row < ROWS; row++) {
                tokens[row] = problem.read[row * STEPS + step];
            }
            stepper.advance(tokens, walked, ROWS);
        }

        int length = problem.shape.stateLength();
        for (int row = 0; row < ROWS; row++) {
            Numbers.assertSame(walked[row], Arrays.copyOfRange(carried, row * length, (row + 1) * length));
        }
    }

    @ParameterizedTest
    @CsvSource({"LSTM, 66, 64, 256, 1, 32, 64, 1", "GRU, 500, 96, 96, 2, 40, 16, 2", "TANH, 3000, 50, 128, 1, 16, 32, 1"
    })
    void saysHowMuchMemoryItTakes(
            RecurrentUnit unit, int tokens, int embedding, int units, int layers, int rows, int steps, int computing) {
        var shape = new TokenShape(unit, tokens, embedding, units, layers);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (var crew = new Crew(computing)) {
            new TokenGradient(shape, DROPOUT, rows, steps, crew); // classes are loaded

            long before = threads.getCurrentThreadAllocatedBytes();
            new TokenGradient(shape, DROPOUT, rows, steps, crew);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;

            assertThat(TokenGradient.bytes(shape, rows, steps, computing))
                    .isGreaterThan((long) (0.95 * allocated))
                    .isLessThan((long) (1.6 * allocated));
        }
    }

    private static float[] trained(FloatOps ops, RecurrentUnit unit, int threads) {
        var problem = new Problem(ops, new TokenShape(unit, TOKENS, 33, 33, 2), DROPOUT, threads);
        float[] parameters = problem.parameters.clone(), gradient = new float[parameters.length];
        var limits = new ParameterUpdates.Limits(1, Float.POSITIVE_INFINITY, 1e-4f, 0);
        var updates = new ParameterUpdates(ops, new UpdateRule.Adam(), limits, problem.shape.decays());
        for (int i = 0; i < 5; i++) {
            problem.loss(parameters, gradient);
            updates.apply(parameters, gradient, 0.01);
        }
        return parameters;
    }

    /** Random sequences of tokens, states that they begin with, and a network with random parameters. */
    private static final class Problem {
        private final FloatOps ops;
        private final TokenShape shape;
        private final DropoutRates dropout;
        private final int threads;
        private final float[] parameters, carried;
        private final int[] read, said;

        private Problem(FloatOps ops, TokenShape shape, DropoutRates dropout, int threads) {
            this.ops = ops;
            this.shape = shape;
            this.dropout = dropout;
            this.threads = threads;
            var random = new Random(4);
            int count = Math.toIntExact(shape.parameters());
            this.parameters = Arrays.copyOf(Numbers.random(random, count), FloatOps.padded(count));
            this.carried = Numbers.random(random, ROWS * shape.stateLength());
            this.read = random.ints(ROWS * STEPS, 0, TOKENS - 1).toArray();
            this.said = random.ints(ROWS * STEPS, 0, TOKENS - 1).toArray();
        }

        private double loss(float[] at, float[] gradient) {
            try (var crew = new Crew(threads)) {
                return new TokenGradient(ops, shape, dropout, ROWS + 2, STEPS + 1, crew)
                        .compute(new Batch(ROWS, STEPS, read, said), at, carried.clone(), 11, gradient);
            }
        }

        private double compute(Batch batch, float[] states) {
            try (var crew = new Crew(threads)) {
                return new TokenGradient(ops, shape, dropout, ROWS, STEPS, crew)
                        .compute(batch, parameters, states, 11, new float[parameters.length]);
            }
        }

        /** Some of the steps. */
        private Batch part(int from, int to) {
            return new Batch(ROWS, to - from, part(read, from, to), part(said, from, to));
        }

        private static int[] part(int[] tokens, int from, int to) {
            int[] some = new int[ROWS * (to - from)];
            for (int row = 0; row < ROWS; row++) {
                System.arraycopy(tokens, row * STEPS + from, some, row * (to - from), to - from);
            }
            return some;
        }

        private float[][] rows() {
            int length = shape.stateLength();
            float[][] rows = new float[ROWS][];
            for (int row = 0; row < ROWS; row++) {
                rows[row] = Arrays.copyOfRange(carried, row * length, (row + 1) * length);
            }
            return rows;
        }
    }
}
