package io.foretide.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CellTest {
    private static final int INPUTS = 3;
    private static final int UNITS = 21;

    private static Cell cell(FloatOps ops, RecurrentUnit unit) {
        var random = new Random(1);
        int columns = unit.gates() * UNITS, biases = unit == RecurrentUnit.GRU ? 2 * columns : columns;
        return new Cell(
                ops,
                unit,
                new Matrix(INPUTS, columns, Numbers.random(random, INPUTS * columns)),
                new Matrix(UNITS, columns, Numbers.random(random, UNITS * columns)),
                Numbers.random(random, biases));
    }

    private static void walk(Cell cell, CellState state, int steps) {
        var random = new Random(2);
        for (int step = 0; step < steps; step++) {
            cell.step(Numbers.random(random, INPUTS), state);
        }
    }

    @ParameterizedTest
    @EnumSource
    void walksToTheSameBitsOnVectorsAndByDefinition(RecurrentUnit unit) {
        Cell expected = cell(new ScalarOps("scalar"), unit), actual = cell(Kernel.fastest(), unit);
        CellState expectedState = expected.initialState(), actualState = actual.initialState();

        walk(expected, expectedState, 50);
        walk(actual, actualState, 50);

        assertThat(actualState.sameAs(expectedState)).isTrue();
        Numbers.assertSame(Arrays.copyOf(actualState.hidden(), UNITS), Arrays.copyOf(expectedState.hidden(), UNITS));
    }

    @ParameterizedTest
    @EnumSource
    void aCopyGoesItsOwnWay(RecurrentUnit unit) {
        Cell cell = cell(Kernel.fastest(), unit);
        CellState state = cell.initialState();
        walk(cell, state, 4);

        CellState copy = state.copy();
        assertThat(copy.sameAs(state)).isTrue();
        walk(cell, copy, 1);

        assertThat(copy.sameAs(state)).isFalse();
        walk(cell, state, 1);
        assertThat(copy.sameAs(state)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void walksThatAreSteppedTogetherEndWhereEachWouldHaveEndedAlone(RecurrentUnit unit) {
        Cell cell = cell(Kernel.fastest(), unit);
        CellState[] together = new CellState[9], alone = new CellState[9];
        for (int i = 0; i < 9; i++) {
            alone[i] = cell.initialState();
            walk(cell, alone[i], i);
            together[i] = alone[i].copy();
        }
        float[] inputs = Numbers.random(new Random(3), 9 * INPUTS);

        new BatchStepper(cell, 16).step(inputs, INPUTS, together, 9);

        for (int i = 0; i < 9; i++) {
            cell.step(Arrays.copyOfRange(inputs, i * INPUTS, (i + 1) * INPUTS), alone[i]);
            assertThat(together[i].sameAs(alone[i])).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesItsParametersBack(RecurrentUnit unit) {
        Cell cell = cell(Kernel.fastest(), unit);
        var random = new Random(1);
        int columns = unit.gates() * UNITS, biases = unit == RecurrentUnit.GRU ? 2 * columns : columns;

        assertThat(cell.parameters()).hasSize((INPUTS + UNITS) * columns + biases);
        Numbers.assertSame(
                Arrays.copyOf(cell.parameters(), INPUTS * columns), Numbers.random(random, INPUTS * columns));
        assertThat(cell.inputs()).isEqualTo(INPUTS);
        assertThat(cell.units()).isEqualTo(UNITS);
    }

    @Test
    void refusesParametersThatDoNotFit() {
        var w = new Matrix(2, 12, new float[24]);
        var r = new Matrix(3, 12, new float[36]);

        assertThatThrownBy(() -> new Cell(RecurrentUnit.LSTM, w, r, new float[11]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Dense(w, new float[11])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLinearLayerIsItsFormulaAndGivesItsParametersBack() {
        var w = new Matrix(2, 3, new float[] {1, 2, 3, 4, 5, 6});
        var dense = new Dense(w, new float[] {10, 20, 30});
        float[] out = dense.newOutputs();

        dense.apply(new float[] {1, 10, 99}, out);

        assertThat(Arrays.copyOf(out, 3)).containsExactly(51, 72, 93);
        assertThat(dense.parameters()).containsExactly(1, 2, 3, 4, 5, 6, 10, 20, 30);
        assertThat(dense.inputs()).isEqualTo(2);
        assertThat(dense.outputs()).isEqualTo(3);
    }

    @Test
    void aLinearLayerWithoutSomeOutputsGivesTheOthersToTheBit() {
        var random = new Random(3);
        int inputs = 37, outputs = 150, from = 9, to = 103;
        float[] w = new float[inputs * outputs], b = new float[outputs], x = new float[inputs];
        for (float[] numbers : new float[][] {w, b, x}) {
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (float) random.nextGaussian();
            }
        }
        var whole = new Dense(new Matrix(inputs, outputs, w), b);
        float[] all = whole.newOutputs();
        whole.apply(x, all);

        Dense less = whole.without(from, to);
        float[] left = less.newOutputs();
        less.apply(x, left);

        assertThat(less.outputs()).isEqualTo(from + outputs - to);
        assertThat(Arrays.copyOf(left, from)).containsExactly(Arrays.copyOf(all, from));
        assertThat(Arrays.copyOfRange(left, from, less.outputs()))
                .containsExactly(Arrays.copyOfRange(all, to, outputs));
    }
}
