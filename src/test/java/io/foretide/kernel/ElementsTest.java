package io.foretide.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ElementsTest {
    private static final FloatOps scalar = new ScalarOps("scalar");
    private static final FloatOps fastest = Kernel.fastest();
    private static final int OFFSET = 5;

    static IntStream paddedSizes() {
        return IntStream.of(32, 64, 96, 128, 160, 288, 1024);
    }

    private interface Operation {
        void apply(FloatOps ops, float[] a, float[] b, float[] to, Stripes stripes);
    }

    @ParameterizedTest(name = "{0} numbers")
    @MethodSource("paddedSizes")
    void vectorsGiveTheSameBits(int n) {
        assertSame(n, (ops, a, b, _, _) -> ops.add(a, OFFSET, b, OFFSET, n));
        assertSame(n, (ops, a, b, to, _) -> ops.multiply(a, OFFSET, b, OFFSET, to, OFFSET, n));
        assertSame(n, (ops, a, b, to, _) -> ops.addProduct(a, OFFSET, b, OFFSET, to, OFFSET, n));
        assertSame(n, (ops, a, _, _, _) -> ops.scale(a, OFFSET, n, 1.1f));
        assertSame(n, (ops, a, _, to, _) -> to[0] = ops.max(a, OFFSET, n));
        assertSame(n, (ops, a, _, _, stripes) -> ops.sum(a, OFFSET, n, stripes));
        assertSame(n, (ops, a, _, _, stripes) -> ops.sumOfSquares(a, OFFSET, n, stripes));
        assertSame(n, (ops, a, _, _, stripes) -> ops.softmax(a, OFFSET, n - 3, stripes));
        assertSame(n, (ops, a, b, to, stripes) -> ops.squared(a, b, OFFSET, to, n, 0.3f, stripes));
        assertSame(n, (ops, a, b, to, stripes) -> ops.pinball(a, levels(n), b, OFFSET, to, n, 0.3f, stripes));
    }

    private static void assertSame(int n, Operation operation) {
        float[][] results = new float[2][];
        for (int i = 0; i < 2; i++) {
            var random = new Random(n);
            var stripes = new Stripes();
            float[] a = Numbers.random(random, n + 2 * OFFSET), b = Numbers.random(random, n + 2 * OFFSET);
            float[] to = Numbers.random(random, n + 2 * OFFSET);
            a[7] = Float.NaN; // a label that is not there

            operation.apply(i == 0 ? scalar : fastest, a, b, to, stripes);

            results[i] = new float[3 * a.length + FloatOps.STRIPES];
            System.arraycopy(a, 0, results[i], 0, a.length);
            System.arraycopy(b, 0, results[i], a.length, a.length);
            System.arraycopy(to, 0, results[i], 2 * a.length, a.length);
            System.arraycopy(stripes.sums, 0, results[i], 3 * a.length, FloatOps.STRIPES);
        }
        Numbers.assertSame(results[1], results[0]);
    }

    private static float[] levels(int n) {
        float[] levels = new float[n];
        for (int i = 0; i < n; i++) {
            levels[i] = (i + 0.5f) / n;
        }
        return levels;
    }

    @ParameterizedTest(name = "{0} numbers")
    @MethodSource("paddedSizes")
    void reductionsAreCloseToTheSum(int n) {
        float[] a = Numbers.random(new Random(n), n);
        double sum = 0, squares = 0;
        for (float x : a) {
            sum += x;
            squares += (double) x * x;
        }

        assertThat(total(stripes -> fastest.sum(a, 0, n, stripes))).isCloseTo((float) sum, within(1e-4f));
        assertThat(total(stripes -> fastest.sumOfSquares(a, 0, n, stripes)))
                .isCloseTo((float) squares, within((float) (1e-6 * squares)));
    }

    private static float total(java.util.function.Consumer<Stripes> reduction) {
        var stripes = new Stripes();
        reduction.accept(stripes);
        return stripes.total();
    }

    @Test
    void softmaxIsADistributionHoweverLargeTheNumbers() {
        float[] a = {700, 699, -700, Float.NEGATIVE_INFINITY, 5};
        float[] padded = java.util.Arrays.copyOf(a, 32);

        double logarithm = fastest.softmax(padded, 0, 5, new Stripes());

        assertThat(logarithm).isCloseTo(700 + Math.log(1 + Math.exp(-1)), within(1e-6));
        assertThat(padded[0]).isCloseTo((float) (1 / (1 + Math.exp(-1))), within(1e-6f));
        assertThat(padded[0] + padded[1]).isCloseTo(1, within(1e-6f));
        assertThat(java.util.Arrays.copyOfRange(padded, 5, 32)).containsOnly(0);
    }

    @Test
    void squaredErrorHasItsGradientAndSkipsLabelsThatAreNotThere() {
        float[] y = new float[32], a = new float[32], gradient = new float[32];
        y[0] = 1;
        a[0] = 3;
        y[1] = Float.NaN;
        a[1] = 5;

        float loss = total(stripes -> fastest.squared(y, a, 0, gradient, 32, 0.5f, stripes));

        assertThat(loss).isEqualTo(4);
        assertThat(gradient[0]).isEqualTo(2);
        assertThat(gradient[1]).isZero();
    }

    @Test
    void pinballLossHasItsGradientAndSkipsLabelsThatAreNotThere() {
        float[] y = new float[32], a = new float[32], gradient = new float[32], levels = new float[32];
        java.util.Arrays.fill(levels, 0.9f);
        y[0] = 3;
        a[0] = 1; // too low
        y[1] = 1;
        a[1] = 3; // too high
        y[2] = Float.NaN;

        float loss = total(stripes -> fastest.pinball(y, levels, a, 0, gradient, 32, 0.5f, stripes));

        assertThat(loss).isCloseTo(0.9f * 2 + 0.1f * 2, within(1e-6f));
        assertThat(gradient[0]).isCloseTo(-0.45f, within(1e-6f));
        assertThat(gradient[1]).isCloseTo(0.05f, within(1e-6f));
        assertThat(gradient[2]).isZero();
    }
}
