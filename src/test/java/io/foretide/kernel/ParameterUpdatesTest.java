package io.foretide.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foretide.kernel.ParameterUpdates.Limits;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ParameterUpdatesTest {
    private static final int COUNT = 5_024;
    private static final double RATE = 0.01;
    private static final float INFINITE = Float.POSITIVE_INFINITY;

    static Stream<UpdateRule> rules() {
        return Stream.of(
                new UpdateRule.Sgd(),
                new UpdateRule.Momentum(0.9f),
                new UpdateRule.RmsProp(0.95f, 1e-8f),
                new UpdateRule.Adam());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void vectorsMoveParametersAsTheDefinition(UpdateRule rule) {
        var limits = new Limits(3, 0.05f, 0.01f, 0.02f);

        float[] expected = moved(new ScalarOps("scalar"), rule, limits), actual = moved(Kernel.fastest(), rule, limits);

        Numbers.assertSame(actual, expected);
    }

    private static float[] moved(FloatOps ops, UpdateRule rule, Limits limits) {
        var random = new Random(1);
        float[] p = Numbers.random(random, COUNT);
        var updates = new ParameterUpdates(ops, rule, limits, decays());
        for (int i = 0; i < 10; i++) {
            updates.apply(p, Numbers.random(random, COUNT), RATE);
        }
        return p;
    }

    private static float[] decays() {
        float[] decays = new float[COUNT];
        Arrays.fill(decays, 0, COUNT / 3, 1);
        return decays;
    }

    @ParameterizedTest
    @MethodSource("rules")
    void movesParametersByTheFormula(UpdateRule rule) {
        double p = 0.5, first = rule instanceof UpdateRule.RmsProp ? 1e-8 : 0, second = 0;
        double[] gradients = {0.3, -0.1, 0.25, 0.02};
        float[] actual = new float[32];
        actual[3] = 0.5f;
        var updates = new ParameterUpdates(rule, Limits.NONE, new float[32]);

        for (int t = 1; t <= gradients.length; t++) {
            double g = gradients[t - 1];
            float[] gradient = new float[32];
            gradient[3] = (float) g;
            updates.apply(actual, gradient, RATE);
            switch (rule) {
                case UpdateRule.Sgd _ -> p -= RATE * g;
                case UpdateRule.Momentum _ -> {
                    double before = first;
                    first = 0.9 * first - RATE * g;
                    p += -0.9 * before + 1.9 * first;
                }
                case UpdateRule.RmsProp _ -> {
                    first = 0.95 * first + 0.05 * g * g;
                    p -= RATE * g / (Math.sqrt(first) + 1e-8);
                }
                case UpdateRule.Adam _ -> {
                    first = 0.9 * first + 0.1 * g;
                    second = 0.999 * second + 0.001 * g * g;
                    double rate = RATE * Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t));
                    p -= rate * first / (Math.sqrt(second) + 1e-8);
                }
            }
        }

        assertThat((double) actual[3]).isCloseTo(p, within(1e-6));
        assertThat(actual[4]).isZero();
    }

    @Test
    void scalesALargeGradientDownToTheNorm() {
        float[] p = new float[32], g = new float[32];
        g[0] = 30;
        g[1] = 40;

        double norm = sgd(new Limits(5, INFINITE, 0, 0)).apply(p, g, 1);

        assertThat(norm).isCloseTo(50, within(1e-4));
        assertThat(p[0]).isCloseTo(-3, within(1e-5f));
        assertThat(p[1]).isCloseTo(-4, within(1e-5f));
    }

    @Test
    void leavesASmallGradientAsItIs() {
        float[] p = new float[32], g = new float[32];
        g[0] = 0.3f;

        sgd(new Limits(5, INFINITE, 0, 0)).apply(p, g, 1);

        assertThat(p[0]).isEqualTo(-0.3f);
    }

    @Test
    void cutsEachElementToTheMostValue() {
        float[] p = new float[32], g = new float[32];
        g[0] = 30;
        g[1] = -0.2f;

        sgd(new Limits(INFINITE, 0.5f, 0, 0)).apply(p, g, 1);

        assertThat(p[0]).isEqualTo(-0.5f);
        assertThat(p[1]).isEqualTo(0.2f);
    }

    @Test
    void decaysWeightsOnlyAndByTheRate() {
        float[] weights = new float[32], p = new float[32];
        weights[0] = 1;
        p[0] = 2;
        p[1] = 2;

        new ParameterUpdates(new UpdateRule.Adam(), new Limits(INFINITE, INFINITE, 0, 0.1f), weights)
                .apply(p, new float[32], 0.5);

        assertThat(p[0]).isCloseTo(2 - 0.5f * 0.1f * 2, within(1e-6f));
        assertThat(p[1]).isEqualTo(2);
    }

    @Test
    void addsTheShareOfTheWeightsToTheGradient() {
        float[] weights = new float[32], p = new float[32];
        weights[0] = 1;
        p[0] = 2;
        p[1] = 2;

        new ParameterUpdates(new UpdateRule.Sgd(), new Limits(INFINITE, INFINITE, 0.1f, 0), weights)
                .apply(p, new float[32], 0.5);

        assertThat(p[0]).isCloseTo(2 - 0.5f * 0.1f * 2, within(1e-6f));
        assertThat(p[1]).isEqualTo(2);
    }

    @Test
    void aGradientThatIsNoNumberMovesNothing() {
        float[] p = Numbers.random(new Random(2), 32), before = p.clone(), g = new float[32];
        g[9] = Float.NaN;
        var updates = sgd(Limits.NONE);

        double norm = updates.apply(p, g, 1);

        assertThat(norm).isNaN();
        assertThat(p).containsExactly(before);
        assertThat(updates.updates()).isZero();
    }

    private static ParameterUpdates sgd(Limits limits) {
        return new ParameterUpdates(new UpdateRule.Sgd(), limits, new float[32]);
    }
}
