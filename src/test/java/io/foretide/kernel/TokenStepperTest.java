package io.foretide.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.testing.Allocations;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TokenStepperTest {
    private static final int WALKS = 21;
    private static final int STEPS = 9;

    @ParameterizedTest
    @EnumSource
    void eachWalkEndsWhereItWouldAlone(RecurrentUnit unit) {
        var walks = new Walks(Kernel.fastest(), new TokenShape(unit, 40, 12, 33, 2));
        float[][] alone = new float[WALKS][];
        for (int walk = 0; walk < WALKS; walk++) {
            alone[walk] = walks.walk(1, walk)[0];
        }

        float[][] together = walks.walk(WALKS, 0);

        for (int walk = 0; walk < WALKS; walk++) {
            Numbers.assertSame(together[walk], alone[walk]);
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachWalkOfANetworkInHalfTheMemoryEndsWhereItWouldAlone(RecurrentUnit unit) {
        var shape = new TokenShape(unit, 40, 12, 33, 2);
        float[] parameters = Bfloat16.nearest(Numbers.random(new Random(3), Math.toIntExact(shape.parameters())));
        var walks = new Walks(new TokenCells(shape, parameters));

        float[][] together = walks.walk(WALKS - 1, 0); // a number that leaves no row over

        for (int walk = 0; walk < WALKS - 1; walk++) {
            Numbers.assertSame(together[walk], walks.walk(1, walk)[0]);
        }
    }

    @ParameterizedTest
    @EnumSource
    void vectorsWalkLikeTheDefinition(RecurrentUnit unit) {
        var shape = new TokenShape(unit, 40, 33, 33, 2);
        float[][] vectors = new Walks(Kernel.fastest(), shape).walk(WALKS, 0);

        float[][] scalars = new Walks(new ScalarOps("scalar"), shape).walk(WALKS, 0);

        for (int walk = 0; walk < WALKS; walk++) {
            Numbers.assertSame(vectors[walk], scalars[walk]);
        }
    }

    @Test
    void aTokenIsReadTheSameWayInAVocabularyThatIsTooLargeForATable() {
        var small = new TokenShape(RecurrentUnit.GRU, 40, 12, 33, 1);
        var large = new TokenShape(RecurrentUnit.GRU, 100_000, 12, 33, 1);
        float[] parameters = Numbers.random(new Random(5), Math.toIntExact(small.parameters()));
        float[] more = new float[Math.toIntExact(large.parameters())];
        System.arraycopy(parameters, 0, more, 0, 40 * 12);
        System.arraycopy(parameters, 40 * 12, more, 100_000 * 12, (int) small.layerParameters());
        var tabled = new TokenCells(small, parameters);
        var embedded = new TokenCells(large, more);

        float[][] expected = new Walks(tabled).states(), actual = new Walks(embedded).states();

        assertThat(tabled.table).isNotEmpty();
        assertThat(embedded.table).isEmpty();
        for (int walk = 0; walk < WALKS; walk++) {
            Numbers.assertSame(actual[walk], expected[walk]);
        }
    }

    @Test
    void makesNoObjects() {
        var cells = new Walks(Kernel.fastest(), new TokenShape(RecurrentUnit.LSTM, 66, 64, 64, 2)).cells;
        var stepper = new TokenStepper(cells, 3);
        float[][] states = new float[3][cells.shape().stateLength()];
        int[] tokens = {1, 2, 3};

        Allocations.assertAllocatesNothingInTheEnd(100, () -> {
            stepper.advance(tokens, states, 3);
            stepper.expect(states, 3);
        });
    }

    /** Random sequences of tokens on a random network; what is expected of the next token comes back by the state. */
    private static final class Walks {
        private final TokenCells cells;
        private final int[][] tokens = new int[STEPS][WALKS];

        private Walks(FloatOps ops, TokenShape shape) {
            this(new TokenCells(ops, shape, Numbers.random(new Random(3), Math.toIntExact(shape.parameters()))));
        }

        private Walks(TokenCells cells) {
            this.cells = cells;
            var random = new Random(7);
            for (int[] step : tokens) {
                for (int walk = 0; walk < WALKS; walk++) {
                    step[walk] = random.nextInt(40);
                }
            }
        }

        /** The states of all after their walks. */
        private float[][] states() {
            return walked(new TokenStepper(cells, WALKS), WALKS, 0);
        }

        private float[][] walked(TokenStepper stepper, int count, int first) {
            float[][] states = new float[count][cells.shape().stateLength()];
            for (int[] step : tokens) {
                stepper.advance(Arrays.copyOfRange(step, first, first + count), states, count);
            }
            return states;
        }

        /** The states of some after their walks, each with what it expects. */
        private float[][] walk(int count, int first) {
            var stepper = new TokenStepper(cells, count);
            float[][] states = walked(stepper, count, first);
            stepper.expect(states, count);
            int outputs = cells.shape().tokens();
            for (int walk = 0; walk < count; walk++) {
                int length = states[walk].length;
                states[walk] = Arrays.copyOf(states[walk], length + outputs);
                System.arraycopy(stepper.outputs(), stepper.at(walk), states[walk], length, outputs);
            }
            return states;
        }
    }
}
