package io.foretide.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foretide.kernel.LayerCase.Part;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecurrentLayerTest {
    private static final FloatOps scalar = new ScalarOps("scalar");
    private static final FloatOps fastest = Kernel.fastest();

    static Stream<Arguments> unitsOfEverySize() {
        List<Arguments> cases = new ArrayList<>();
        for (RecurrentUnit unit : RecurrentUnit.values()) {
            Numbers.awkwardSizes().forEach(size -> cases.add(Arguments.of(unit, size)));
        }
        return cases.stream();
    }

    static Stream<Arguments> unitsWithEveryPart() {
        List<Arguments> cases = new ArrayList<>();
        for (RecurrentUnit unit : RecurrentUnit.values()) {
            cases.add(Arguments.of(unit, EnumSet.noneOf(Part.class)));
            cases.add(Arguments.of(unit, EnumSet.of(Part.MASKS)));
            cases.add(Arguments.of(unit, EnumSet.of(Part.DROPOUT)));
            cases.add(Arguments.of(unit, EnumSet.allOf(Part.class)));
        }
        return cases.stream();
    }

    @ParameterizedTest(name = "{0} with {1}")
    @MethodSource("unitsWithEveryPart")
    void walksAsItsFormulaInDoublePrecision(RecurrentUnit unit, Set<Part> parts) {
        var layerCase = new LayerCase(unit, 3, 9, 5, 12, 1);
        RecurrentLayer layer = layerCase.layer(fastest);
        Tape tape = layerCase.tape(layer, parts);

        layer.forward(tape);

        double[][][] expected = Reference.of(layerCase, parts).walk();
        for (int row = 0; row < layerCase.rows; row++) {
            for (int step = 0; step < layerCase.steps; step++) {
                for (int k = 0; k < layerCase.units; k++) {
                    assertThat((double) tape.h[tape.at(step + 1, row) + k])
                            .isCloseTo(expected[row][step][k], within(1e-5));
                }
            }
        }
    }

    @ParameterizedTest(name = "{0} with {1}")
    @MethodSource("unitsWithEveryPart")
    void gradientsAreFiniteDifferences(RecurrentUnit unit, Set<Part> parts) {
        var layerCase = new LayerCase(unit, 3, 5, 3, 6, 2);
        Reference reference = Reference.of(layerCase, parts);

        Gradients actual = Gradients.of(layerCase, fastest, parts);

        assertClose(actual.parameters, reference.differences(reference.parameters));
        assertClose(actual.x, reference.differences(reference.x));
        assertClose(actual.h, reference.differences(reference.h));
        if (unit.hasCell()) {
            assertClose(actual.c, reference.differences(reference.c));
        }
    }

    private static void assertClose(float[] actual, double[] expected) {
        double norm = 0, error = 0;
        for (int i = 0; i < expected.length; i++) {
            norm += expected[i] * expected[i];
            error += (actual[i] - expected[i]) * (actual[i] - expected[i]);
        }
        assertThat(Math.sqrt(error)).isLessThan(2e-5 * Math.sqrt(norm));
    }

    @ParameterizedTest(name = "{0}, {1} units")
    @MethodSource("unitsOfEverySize")
    void vectorsGiveTheBitsOfTheDefinitionForwardAndBack(RecurrentUnit unit, int units) {
        var layerCase = new LayerCase(unit, 1 + units % 7, units, 1 + units % 11, 4, units);
        Set<Part> parts = units % 2 == 0 ? EnumSet.noneOf(Part.class) : EnumSet.allOf(Part.class);

        Gradients expected = Gradients.of(layerCase, scalar, parts), actual = Gradients.of(layerCase, fastest, parts);

        Numbers.assertSame(actual.outputs, expected.outputs);
        Numbers.assertSame(actual.parameters, expected.parameters);
        Numbers.assertSame(actual.x, expected.x);
        Numbers.assertSame(actual.h, expected.h);
        Numbers.assertSame(actual.c, expected.c);
    }

    @ParameterizedTest(name = "{0}, batch of {1}")
    @MethodSource("unitsOfEverySize")
    void aBatchIsAsManyBatchesOfOne(RecurrentUnit unit, int rows) {
        var layerCase = new LayerCase(unit, 4, 20, rows, 2, rows);
        RecurrentLayer layer = layerCase.layer(fastest);
        Tape batch = layerCase.tape(layer, EnumSet.noneOf(Part.class));
        layer.forward(batch);

        Tape one = Tape.forStepping(layer, 1);
        for (int row = 0; row < rows; row++) {
            one.begin(1, 1);
            System.arraycopy(layerCase.h, row * 20, one.h, 0, 20);
            if (unit.hasCell()) {
                System.arraycopy(layerCase.c, row * 20, one.c, 0, 20);
            }
            for (int step = 0; step < 2; step++) {
                one.input(layerCase.x, (step * rows + row) * 4, 4);
                layer.step(one);
            }

            float[] last = new float[20];
            System.arraycopy(batch.h, batch.at(2, row), last, 0, 20);
            Numbers.assertSame(java.util.Arrays.copyOf(one.h, 20), last);
        }
    }

    @ParameterizedTest
    @EnumSource
    void maskedStepsOnEitherSideChangeNothing(RecurrentUnit unit) {
        int before = 3, steps = 5, after = 2, rows = 4, units = 33, inputs = 3;
        var layerCase = new LayerCase(unit, inputs, units, rows, steps, 5);
        RecurrentLayer layer = layerCase.layer(fastest);
        Tape bare = layerCase.tape(layer, EnumSet.noneOf(Part.class));
        layer.forward(bare);

        Tape padded = Tape.forTraining(layer, rows, before + steps + after);
        padded.begin(rows, before + steps + after);
        float[] x = Numbers.random(new Random(6), padded.steps * rows * inputs);
        System.arraycopy(layerCase.x, 0, x, before * rows * inputs, steps * rows * inputs);
        padded.input(x, 0, inputs);
        for (int row = 0; row < rows; row++) {
            System.arraycopy(layerCase.h, row * units, padded.h, padded.at(0, row), units);
            if (unit.hasCell()) {
                System.arraycopy(layerCase.c, row * units, padded.c, padded.at(0, row), units);
            }
            for (int step = 0; step < padded.steps; step++) {
                if (step < before || step >= before + steps) {
                    padded.mask(step, row);
                }
            }
        }
        layer.forward(padded);

        int states = rows * padded.width;
        for (int step = 1; step <= steps; step++) {
            Numbers.assertSame(
                    part(padded.h, padded.at(before + step, 0), states), part(bare.h, bare.at(step, 0), states));
        }
        Numbers.assertSame(part(padded.h, padded.at(padded.steps, 0), states), part(bare.h, bare.at(steps, 0), states));
    }

    private static float[] part(float[] array, int from, int length) {
        return java.util.Arrays.copyOfRange(array, from, from + length);
    }

    @ParameterizedTest
    @EnumSource
    void splittingASequenceAndCarryingTheStateChangesNothing(RecurrentUnit unit) {
        int rows = 3, units = 40, inputs = 2, steps = 7, first = 3;
        var layerCase = new LayerCase(unit, inputs, units, rows, steps, 7);
        RecurrentLayer layer = layerCase.layer(fastest);
        Tape whole = layerCase.tape(layer, EnumSet.noneOf(Part.class));
        layer.forward(whole);

        Tape split = layerCase.tape(layer, EnumSet.noneOf(Part.class));
        split.begin(rows, first);
        layer.forward(split);
        int states = rows * split.width;
        System.arraycopy(split.h, split.at(first, 0), split.h, 0, states);
        System.arraycopy(
                split.c, Math.min(split.c.length, split.at(first, 0)), split.c, 0, unit.hasCell() ? states : 0);
        split.begin(rows, steps - first);
        split.input(layerCase.x, first * rows * inputs, inputs);
        layer.forward(split);

        Numbers.assertSame(
                part(split.h, split.at(steps - first, 0), states), part(whole.h, whole.at(steps, 0), states));
    }

    @ParameterizedTest
    @EnumSource
    void whateverGoesInTheStateStaysFinite(RecurrentUnit unit) {
        int units = 24;
        var layerCase = new LayerCase(unit, 3, units, 1, 1, 8);
        RecurrentLayer layer = layerCase.layer(fastest);
        Tape tape = Tape.forStepping(layer, 1);
        tape.begin(1, 1);
        float[] strange = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE, 0};
        var random = new Random(9);

        for (int step = 0; step < 2000; step++) {
            float[] x = Numbers.random(random, 3);
            x[random.nextInt(3)] = strange[random.nextInt(strange.length)];
            tape.input(x, 0, 3);
            layer.step(tape);

            for (int k = 0; k < units; k++) {
                assertThat(tape.h[k]).isFinite();
                assertThat(unit.hasCell() ? tape.c[k] : 0).isFinite();
            }
        }
    }

    /** What a layer computes forward and back, without its padding. */
    private record Gradients(float[] outputs, float[] parameters, float[] x, float[] h, float[] c) {
        static Gradients of(LayerCase layerCase, FloatOps ops, Set<Part> parts) {
            RecurrentLayer layer = layerCase.layer(ops);
            Tape tape = layerCase.tape(layer, parts);
            layer.forward(tape);
            int rows = layerCase.rows, units = layerCase.units, steps = layerCase.steps;
            float[] outputs = unpadded(tape.h, (steps + 1) * rows, units, tape.width);
            var back = new BackPropagation(layer);
            back.load(layerCase.parameters, 0);
            var gradient = new RecurrentGradient(layer);
            int dxWidth = FloatOps.padded(layerCase.inputs);
            float[] dx = new float[steps * rows * dxWidth], flat = new float[layer.parameters()];
            back.backward(tape, gradient, dx);
            gradient.copyTo(flat, 0);
            return new Gradients(
                    outputs,
                    flat,
                    unpadded(dx, steps * rows, layerCase.inputs, dxWidth),
                    unpadded(tape.dh, rows, units, tape.width),
                    unpadded(tape.dc, layerCase.unit.hasCell() ? rows : 0, units, tape.width));
        }

        private static float[] unpadded(float[] padded, int rows, int columns, int stride) {
            float[] values = new float[rows * columns];
            for (int row = 0; row < rows; row++) {
                System.arraycopy(padded, row * stride, values, row * columns, columns);
            }
            return values;
        }
    }

    /** The same in double precision, with a loss that weighs outputs and last state. */
    private record Reference(
            LayerCase layerCase, Set<Part> parts, double[] parameters, double[] x, double[] h, double[] c) {
        static Reference of(LayerCase layerCase, Set<Part> parts) {
            return new Reference(
                    layerCase,
                    parts,
                    doubles(layerCase.parameters),
                    doubles(layerCase.x),
                    doubles(layerCase.h),
                    doubles(layerCase.c));
        }

        /** [row][step][unit] */
        double[][][] walk() {
            double[][][] out = new double[layerCase.rows][][];
            for (int row = 0; row < layerCase.rows; row++) {
                out[row] = walk(sequence(row));
            }
            return out;
        }

        private double[][] walk(ReferenceLayer.Sequence sequence) {
            return new ReferenceLayer(layerCase.unit, layerCase.inputs, layerCase.units).walk(parameters, sequence);
        }

        private ReferenceLayer.Sequence sequence(int row) {
            int rows = layerCase.rows, units = layerCase.units, inputs = layerCase.inputs;
            double[][] sequence = new double[layerCase.steps][];
            boolean[] masked = new boolean[layerCase.steps];
            for (int step = 0; step < sequence.length; step++) {
                int at = step * rows + row;
                sequence[step] = java.util.Arrays.copyOfRange(x, at * inputs, (at + 1) * inputs);
                masked[step] = parts.contains(Part.MASKS) && layerCase.masked[at];
            }
            double[] keep = doubles(java.util.Arrays.copyOfRange(layerCase.keep, row * units, (row + 1) * units));
            if (!parts.contains(Part.DROPOUT)) {
                java.util.Arrays.fill(keep, 1);
            }
            return new ReferenceLayer.Sequence(
                    sequence,
                    masked,
                    keep,
                    java.util.Arrays.copyOfRange(h, row * units, (row + 1) * units),
                    java.util.Arrays.copyOfRange(c, row * units, (row + 1) * units));
        }

        private double loss() {
            double loss = 0;
            int rows = layerCase.rows, units = layerCase.units;
            for (int row = 0; row < rows; row++) {
                ReferenceLayer.Sequence sequence = sequence(row);
                double[][] out = walk(sequence);
                for (int k = 0; k < units; k++) {
                    for (int step = 0; step < out.length; step++) {
                        loss += layerCase.lossByOutput[(step * rows + row) * units + k] * out[step][k];
                    }
                    loss += layerCase.lossByState[row * units + k] * sequence.h()[k];
                    if (layerCase.unit.hasCell()) {
                        loss += layerCase.lossByState[(rows + row) * units + k] * sequence.c()[k];
                    }
                }
            }
            return loss;
        }

        double[] differences(double[] variables) {
            double[] gradient = new double[variables.length];
            double distance = 1e-5;
            for (int i = 0; i < variables.length; i++) {
                double value = variables[i];
                variables[i] = value + distance;
                double above = loss();
                variables[i] = value - distance;
                gradient[i] = (above - loss()) / (2 * distance);
                variables[i] = value;
            }
            return gradient;
        }

        private static double[] doubles(float[] floats) {
            double[] doubles = new double[floats.length];
            for (int i = 0; i < floats.length; i++) {
                doubles[i] = floats[i];
            }
            return doubles;
        }
    }
}
