package io.foretide.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationsTest {
    private static final FloatOps fastest = Kernel.fastest();

    /** Odd, so that all exponents and both signs come up with all kinds of digits. */
    private static final int STRIDE = 20_011;

    @Test
    void tanhIsCloseAndNeverBeyondOne() {
        assertClose(Activations::tanh, Math::tanh, 3e-7);
        assertForAll(x -> Math.abs(Activations.tanh(x)) <= 1);
    }

    @Test
    void sigmoidIsCloseAndAProbability() {
        assertClose(Activations::sigmoid, x -> 1 / (1 + Math.exp(-x)), 3e-7);
        assertForAll(x -> Activations.sigmoid(x) >= 0 && Activations.sigmoid(x) <= 1);
    }

    @Test
    void exponentialIsCloseAndEndsWhereFloatsEnd() {
        assertForAll(x -> Activations.exp(x) > 0 && Activations.exp(x) < Float.POSITIVE_INFINITY);
        assertForAll(x -> !(x > -87 && x < 88) || Math.abs(Activations.exp(x) / Math.exp(x) - 1) < 2e-7);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.NEGATIVE_INFINITY, -Float.MAX_VALUE})
    void whatIsNoNumberClosesAGate(float x) {
        assertThat(Activations.sigmoid(x)).isCloseTo(0, within(3e-7f));
        assertThat(Activations.relu(x)).isZero();
        assertThat(Activations.tanh(x)).isCloseTo(-1, within(3e-7f));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.POSITIVE_INFINITY, Float.MAX_VALUE})
    void whatIsTooLargeOpensAGate(float x) {
        assertThat(Activations.sigmoid(x)).isCloseTo(1, within(3e-7f));
        assertThat(Activations.relu(x)).isEqualTo(1e9f);
        assertThat(Activations.tanh(x)).isCloseTo(1, within(3e-7f));
    }

    @Test
    void vectorsGiveTheSameBitsForEveryKindOfFloat() {
        float[] numbers = everyKindOfFloat();
        for (RecurrentUnit unit : new RecurrentUnit[] {RecurrentUnit.TANH, RecurrentUnit.SIGMOID, RecurrentUnit.RELU}) {
            float[] expected = squashed(new ScalarOps("scalar"), unit, numbers);

            Numbers.assertSame(squashed(fastest, unit, numbers), expected);
        }
    }

    @Test
    void vectorsGiveTheSameExponential() {
        float[] numbers = everyKindOfFloat(), expected = numbers.clone();

        new ScalarOps("scalar").exp(expected, 0, numbers.length, 0.25f);
        fastest.exp(numbers, 0, numbers.length, 0.25f);

        Numbers.assertSame(numbers, expected);
    }

    /** The squashing function alone: one step of a simple unit whose sums are the numbers. */
    private static float[] squashed(FloatOps ops, RecurrentUnit unit, float[] numbers) {
        var tape = Tape.forStepping(new RecurrentLayer(ops, unit, 1, numbers.length), 1);
        System.arraycopy(numbers, 0, tape.z, 0, numbers.length);
        ops.gates(unit).forward(tape, 0, 0, 0);
        return tape.h;
    }

    private static void assertClose(FloatFunction actual, DoubleUnaryOperator expected, double error) {
        assertForAll(x -> !Float.isFinite(x) || Math.abs(actual.apply(x) - expected.applyAsDouble(x)) < error);
    }

    private interface Promise {
        boolean isKept(float x);
    }

    private static void assertForAll(Promise promise) {
        for (float x : everyKindOfFloat()) {
            if (!promise.isKept(x)) {
                fail("broken at " + x);
            }
        }
    }

    private interface FloatFunction {
        float apply(float x);
    }

    /** Finite ones of every size, those that squashing tells apart in number, infinities and NaN; a padded number of them. */
    private static float[] everyKindOfFloat() {
        int sampled = (int) ((1L << 32) / STRIDE), dense = 100_000;
        float[] numbers = new float[FloatOps.padded(sampled + dense)];
        for (int i = 0; i < sampled; i++) {
            numbers[i] = Float.intBitsToFloat(i * STRIDE);
        }
        var random = new Random(1);
        for (int i = sampled; i < sampled + dense; i++) {
            numbers[i] = 20 * (random.nextFloat() - 0.5f);
        }
        return numbers;
    }
}
