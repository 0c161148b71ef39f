package io.foretide.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.foretide.kernel.BatchGradient.DropoutRates;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvolutionNetworkTest {
    private static final int ROWS = 37, STEPS = 9, INPUTS = 3, OUTPUTS = 5;
    private static final FloatOps SCALAR = new ScalarOps("scalar");

    private static ConvolutionShape shape(int channels) {
        return new ConvolutionShape(
                INPUTS, channels, List.of(new ConvolutionShape.Layer(4, 1), new ConvolutionShape.Layer(3, 2)), OUTPUTS);
    }

    @Test
    void lossFallsAsTheGradientSays() {
        var problem = new Problem(Kernel.fastest(), 20, ROWS, 2);
        float[] gradient = new float[problem.parameters.length];
        problem.loss(problem.parameters, gradient, null);
        double squares = squares(gradient), distance = 1e-3 / Math.sqrt(squares);

        double difference = problem.loss(moved(problem.parameters, gradient, distance), gradient.clone(), null)
                - problem.loss(moved(problem.parameters, gradient, -distance), gradient.clone(), null);

        assertThat(difference / (2 * distance)).isCloseTo(squares, within(1e-2 * squares));
    }

    @Test
    void givesTheGradientByInputsToo() {
        var problem = new Problem(Kernel.fastest(), 20, ROWS, 2);
        float[] byInputs = new float[problem.x.length], x = problem.x.clone();
        float[] gradient = new float[problem.parameters.length];
        problem.loss(problem.parameters, gradient, byInputs);
        double squares = squares(byInputs), distance = 1e-3 / Math.sqrt(squares);

        double[] losses = new double[2];
        for (int side = 0; side < 2; side++) {
            System.arraycopy(moved(x, byInputs, side == 0 ? distance : -distance), 0, problem.x, 0, x.length);
            losses[side] = problem.loss(problem.parameters, gradient, null);
        }

        assertThat((losses[0] - losses[1]) / (2 * distance)).isCloseTo(squares, within(1e-2 * squares));
    }

    private static double squares(float[] numbers) {
        double squares = 0;
        for (float number : numbers) {
            squares += (double) number * number;
        }
        return squares;
    }

    private static float[] moved(float[] from, float[] gradient, double distance) {
        float[] moved = from.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += (float) (distance * gradient[i]);
        }
        return moved;
    }

    @ParameterizedTest(name = "{0} channels")
    @ValueSource(ints = {7, 40})
    void trainingDependsNeitherOnVectorsNorOnThreads(int channels) {
        float[] expected = trained(SCALAR, channels, 1);

        Numbers.assertSame(trained(Kernel.fastest(), channels, 1), expected);
        Numbers.assertSame(trained(Kernel.fastest(), channels, 3), expected);
    }

    private static float[] trained(FloatOps ops, int channels, int threads) {
        var problem = new Problem(ops, channels, ROWS, threads);
        float[] parameters = problem.parameters.clone(), gradient = new float[parameters.length];
        float[] decays = Arrays.copyOf(problem.recurrent.decays(), parameters.length);
        problem.convolutions.shape.putDecays(decays, problem.recurrent.parameters());
        var limits = new ParameterUpdates.Limits(1, Float.POSITIVE_INFINITY, 1e-4f, 0);
        var updates = new ParameterUpdates(ops, new UpdateRule.Adam(), limits, decays);
        for (int i = 0; i < 5; i++) {
            problem.statistics = parameters;
            problem.loss(parameters, gradient, null);
            updates.apply(parameters, gradient, 0.01);
        }
        return parameters;
    }

    /** In one shard, means and variances are those of the whole batch, and a walk comes to count with them. */
    @Test
    void aWalkSaysWhatTrainingSays() {
        var problem = new Problem(Kernel.fastest(), 20, BatchGradient.SHARD, 1);
        Arrays.fill(problem.parameters, 0, problem.recurrent.parameters(), 0);
        problem.statistics = problem.parameters;
        for (int i = 0; i < 200; i++) {
            problem.loss(problem.parameters, new float[problem.parameters.length], null);
        }

        var walker = problem.walker();
        for (int row = 0; row < problem.rows; row++) {
            float[] said = walked(walker, problem.sequence(row), problem.length(row));
            for (int i = 0; i < said.length; i++) {
                assertThat(said[i]).isCloseTo(problem.said[row][i], within(1e-3f));
            }
        }
    }

    @ParameterizedTest(name = "{0} steps together")
    @ValueSource(ints = {1, 2, 4, 9})
    void aWalkIsTheSameHoweverItIsCut(int together) {
        var problem = new Problem(Kernel.fastest(), 20, ROWS, 1);
        float[] sequence = problem.sequence(0);

        float[] expected = walked(
                new CausalConvolutions(SCALAR, shape(20), problem.parameters, problem.recurrent.parameters()),
                sequence,
                STEPS);

        Numbers.assertSame(walked(problem.walker(), sequence, together), expected);
    }

    private static float[] walked(CausalConvolutions walker, float[] sequence, int together) {
        float[] state = walker.initialState(), said = new float[sequence.length / INPUTS * OUTPUTS];
        CausalConvolutions.Room room = walker.newRoom(together);
        for (int step = 0; step < sequence.length / INPUTS; step += together) {
            int count = Math.min(together, sequence.length / INPUTS - step);
            walker.walk(state, count, sequence, step * INPUTS, room);
            for (int i = 0; i < count; i++) {
                System.arraycopy(room.outputs(), room.at(i), said, (step + i) * OUTPUTS, OUTPUTS);
            }
        }
        return said;
    }

    @Test
    void withoutLayersNothingIsSaid() {
        var none = new CausalConvolutions(new ConvolutionShape(2, 1, List.of(), 3), new float[0], 0);
        CausalConvolutions.Room room = none.newRoom(1);

        none.walk(none.initialState(), 1, new float[] {1, 2}, 0, room);

        assertThat(none.initialState()).isEmpty();
        assertThat(room.outputs()).containsOnly(0);
    }

    @ParameterizedTest(name = "{0} rows")
    @ValueSource(ints = {16, 64})
    void saysHowMuchMemoryItTakes(int rows) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var shape = new RecurrentNetwork.Shape(RecurrentUnit.GRU, INPUTS, 32, 1, OUTPUTS);
        try (var crew = new Crew(1)) {
            long[] allocated = new long[2];
            for (int round = 0; round < 2; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                new BatchGradient(
                        new RecurrentNetwork(shape),
                        new ConvolutionNetwork(shape(64)),
                        DropoutRates.NONE,
                        rows,
                        200,
                        crew);
                allocated[round] = threads.getCurrentThreadAllocatedBytes() - before;
            }

            assertThat(BatchGradient.bytes(shape, shape(64), rows, 200, 1))
                    .isGreaterThan((long) (0.95 * allocated[1]))
                    .isLessThan((long) (1.6 * allocated[1]));
        }
    }

    /** Random inputs and labels of a batch of different lengths, its squared error, and networks with random parameters. */
    private static final class Problem implements BatchGradient.Loss {
        private final RecurrentNetwork recurrent;
        private final ConvolutionNetwork convolutions;
        private final int rows, threads;
        private final float[] parameters, x, y;
        private final float[][] said;

        /** Whose means and variances are moved. */
        private float @Nullable [] statistics;

        private Problem(FloatOps ops, int channels, int rows, int threads) {
            this.recurrent =
                    new RecurrentNetwork(ops, new RecurrentNetwork.Shape(RecurrentUnit.GRU, INPUTS, 6, 1, OUTPUTS));
            this.convolutions = new ConvolutionNetwork(ops, shape(channels));
            this.rows = rows;
            this.threads = threads;
            this.said = new float[rows][];
            var random = new Random(4);
            int count = recurrent.parameters();
            float[] drawn = convolutions.shape.initial(1);
            this.parameters = Arrays.copyOf(Numbers.random(random, count), FloatOps.padded(count + drawn.length));
            System.arraycopy(drawn, 0, parameters, count, drawn.length);
            this.x = Numbers.random(random, rows * STEPS * INPUTS);
            this.y = Numbers.random(random, rows * STEPS * OUTPUTS);
        }

        private int length(int row) {
            return 1 + (row + STEPS - 1) % STEPS;
        }

        private float[] sequence(int row) {
            return Arrays.copyOfRange(x, row * STEPS * INPUTS, (row * STEPS + length(row)) * INPUTS);
        }

        private CausalConvolutions walker() {
            return new CausalConvolutions(convolutions.shape, parameters, recurrent.parameters());
        }

        private double loss(float[] at, float[] gradient, float @Nullable [] byInputs) {
            recurrent.load(at);
            convolutions.load(at, recurrent.parameters());
            try (var crew = new Crew(threads)) {
                var batch = new BatchGradient(recurrent, convolutions, DropoutRates.NONE, rows + 2, STEPS + 1, crew);
                double loss = batch.compute(rows, STEPS, x, 11, this, gradient, byInputs);
                if (statistics != null) {
                    batch.moveStatistics(statistics, recurrent.parameters());
                }
                return loss;
            }
        }

        @Override
        public int length(int row, int steps) {
            return length(row);
        }

        @Override
        public double replaceByGradient(BatchOutputs outputs) {
            double loss = 0;
            for (int row = 0; row < outputs.rows(); row++) {
                int of = outputs.firstRow() + row, length = length(of);
                said[of] = new float[length * OUTPUTS];
                for (int step = 0; step < outputs.steps(); step++) {
                    int at = outputs.at(step, row);
                    for (int j = 0; j < OUTPUTS; j++) {
                        double error = outputs.values()[at + j] - y[(of * STEPS + step) * OUTPUTS + j];
                        if (step < length) {
                            said[of][step * OUTPUTS + j] = outputs.values()[at + j];
                            loss += error * error;
                        }
                        outputs.values()[at + j] = step < length ? (float) (2 * error) : 0;
                    }
                }
            }
            return loss;
        }
    }
}
