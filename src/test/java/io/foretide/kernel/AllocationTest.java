package io.foretide.kernel;

import static io.foretide.testing.Allocations.assertAllocatesNothingInTheEnd;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Until the compiler has seen them, vectors are objects; then nothing is allocated any more. */
class AllocationTest {
    @ParameterizedTest
    @EnumSource(names = {"TANH", "LSTM", "GRU"})
    void aStepAllocatesNothing(RecurrentUnit unit) {
        RecurrentLayer layer = new LayerCase(unit, 4, 40, 1, 1, 1).layer(Kernel.fastest());
        Tape one = Tape.forStepping(layer, 1), many = Tape.forStepping(layer, 13);
        float[] x = Numbers.random(new Random(1), 13 * 4);

        assertAllocatesNothingInTheEnd(1000, () -> {
            step(layer, one, 1, x);
            step(layer, many, 13, x);
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"TANH", "LSTM", "GRU"})
    void aStepOfGatheredStatesAllocatesNothing(RecurrentUnit unit) {
        var random = new Random(3);
        int columns = unit.gates() * 40;
        var cell = new Cell(
                unit,
                new Matrix(4, columns, Numbers.random(random, 4 * columns)),
                new Matrix(40, columns, Numbers.random(random, 40 * columns)),
                Numbers.random(random, (unit == RecurrentUnit.GRU ? 2 : 1) * columns));
        var stepper = new BatchStepper(cell, 13);
        CellState[] states = Stream.generate(cell::initialState).limit(13).toArray(CellState[]::new);
        float[] x = Numbers.random(random, 13 * 4);

        assertAllocatesNothingInTheEnd(1000, () -> {
            stepper.step(x, 4, states, 13);
            stepper.step(x, 4, states, 5);
        });
    }

    private static void step(RecurrentLayer layer, Tape tape, int rows, float[] x) {
        tape.begin(rows, 1);
        tape.input(x, 0, 4);
        layer.step(tape);
    }

    @ParameterizedTest
    @EnumSource(names = {"TANH", "LSTM", "GRU"})
    void aBatchAllocatesNothing(RecurrentUnit unit) {
        var network = new RecurrentNetwork(new RecurrentNetwork.Shape(unit, 4, 32, 2, 9));
        var random = new Random(2);
        float[] parameters =
                Arrays.copyOf(Numbers.random(random, network.parameters()), FloatOps.padded(network.parameters()));
        float[] gradient = new float[parameters.length], x = Numbers.random(random, 20 * 5 * 4);
        var rates = new BatchGradient.DropoutRates(0.1, 0.1);
        var updates = new ParameterUpdates(new UpdateRule.Adam(), ParameterUpdates.Limits.NONE, network.decays());
        try (var crew = new Crew(1)) {
            var batch = new BatchGradient(network, rates, 20, 5, crew);

            assertAllocatesNothingInTheEnd(50, () -> {
                network.load(parameters);
                batch.compute(20, 5, x, 3, _ -> 0, gradient);
                updates.apply(parameters, gradient, 0.001);
            });
        }
    }
}
