package io.foretide.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foretide.kernel.TokenGradient.Batch;
import io.foretide.network.Activation;
import io.foretide.network.CellType;
import io.foretide.network.NetworkSettings;
import io.foretide.network.Optimizer;
import io.foretide.network.TrainingSettings;
import io.foretide.text.TokenKind;
import io.foretide.text.Vocabulary;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextBatchesTest {
    private static final int CONTEXT = 16;

    /** Each token is one more than the one before, so that it is seen where a piece comes from. */
    private static TextBatches of(int length) {
        var settings = new LanguageSettings(
                new GenerateSettings(TokenKind.CHARACTER, GenerateSettings.MOST_TOKENS, CONTEXT, 8),
                new NetworkSettings(CellType.GRU, 8, 1, Activation.TANH, 0, 1),
                new TrainingSettings(1, 8, 0.01, Optimizer.ADAM, 1, null, 0, 1, 0.1, 5, null));
        return new TextBatches(new Tokens(IntStream.rangeClosed(1, length).toArray()), settings);
    }

    private static float[] states(TextBatches batches) {
        float[] states = new float[batches.rows() * 3];
        Arrays.fill(states, 1);
        return states;
    }

    @Test
    void rowsGoOnWhereTheyWereAndReadAllOfTheText() {
        int length = 8 * CONTEXT * 10;
        TextBatches batches = of(length);
        int[] said = new int[length + 1], last = new int[batches.rows()];

        for (int index = 0; index < batches.perEpoch(); index++) {
            Batch batch = batches.batch(1, index, states(batches));
            for (int row = 0; row < batch.rows(); row++) {
                int first = batch.said()[row * CONTEXT];
                assertThat(first).isEqualTo(index == 0 ? first : last[row] % length + 1);
                for (int step = 0; step < CONTEXT; step++) {
                    said[batch.said()[row * CONTEXT + step]]++;
                }
                last[row] = batch.said()[(row + 1) * CONTEXT - 1];
            }
        }

        assertThat(batches.perEpoch()).isEqualTo(10);
        assertThat(Arrays.copyOfRange(said, 1, length + 1)).containsOnly(1);
    }

    @Test
    void whatIsReadIsWhatWasToBeSaidBeforeOrUnknown() {
        TextBatches batches = of(5_000);
        int unknown = 0, all = 0;

        for (int index = 0; index < batches.perEpoch(); index++) {
            Batch batch = batches.batch(3, index, states(batches));
            for (int i = 0; i < batch.read().length; i++) {
                if (batch.read()[i] == Vocabulary.UNKNOWN) {
                    unknown++;
                } else {
                    assertThat(batch.read()[i] % 5_000 + 1).isEqualTo(batch.said()[i]);
                }
                all++;
            }
        }

        assertThat((double) unknown / all).isCloseTo(0.01, within(0.01));
    }

    @Test
    void aRowThatBeginsAnewHasNoStateAndReadsTheUnknownTokenFirst() {
        TextBatches batches = of(50_000);
        int begun = 0;

        for (int index = 0; index < batches.perEpoch(); index++) {
            float[] states = states(batches);
            Batch batch = batches.batch(1, index, states);
            for (int row = 0; row < batch.rows(); row++) {
                boolean anew = states[row * 3] == 0;
                assertThat(states[row * 3 + 2]).isEqualTo(states[row * 3]);
                if (anew) {
                    assertThat(batch.read()[row * CONTEXT]).isEqualTo(Vocabulary.UNKNOWN);
                    begun++;
                } else {
                    assertThat(index).isPositive();
                }
            }
        }

        assertThat((double) begun / batches.perEpoch() / batches.rows()).isCloseTo(1.0 / 64, within(0.01));
    }

    @Test
    void eachEpochBeginsElsewhere() {
        TextBatches batches = of(5_000);

        assertThat(batches.batch(1, 0, states(batches)).said())
                .isNotEqualTo(batches.batch(2, 0, states(batches)).said())
                .isEqualTo(batches.batch(1, 0, states(batches)).said());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 15, 16, 17, 18, 31, 33, 127, 129})
    void aShortTextHasABatchAsWell(int length) {
        TextBatches batches = of(length);

        Batch batch = batches.batch(1, batches.perEpoch() - 1, states(batches));

        assertThat(batch.said()).isNotEmpty();
        assertThat(Arrays.stream(batch.said())).allMatch(token -> token >= 1 && token <= length);
        assertThat(batches.rows() * batches.steps()).isLessThanOrEqualTo(length);
    }
}
