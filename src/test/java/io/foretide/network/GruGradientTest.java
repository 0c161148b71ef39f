package io.foretide.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import io.foretide.kernel.RecurrentUnit;
import io.foretide.kernel.ReferenceLayer;
import java.util.Arrays;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Gradients of the layer beside finite differences of its formula in double precision. */
class GruGradientTest {
    private static final int INPUTS = 3, UNITS = 4, ROWS = 3, STEPS = 6;
    private static final double DELTA = 1e-5;
    private static final LayerWorkspaceMgr NO_WORKSPACES = LayerWorkspaceMgr.noWorkspaces();

    private INDArray inputs, byOutputs, mask;

    @BeforeEach
    void someSequences() {
        NativeLibraries.load();
        Nd4j.getRandom().setSeed(7);
        inputs = Nd4j.randn(DataType.FLOAT, ROWS, INPUTS, STEPS);
        byOutputs = Nd4j.randn(DataType.FLOAT, ROWS, UNITS, STEPS);
        mask = Nd4j.ones(DataType.FLOAT, ROWS, STEPS);
        mask.putScalar(0, 2, 0).putScalar(0, 3, 0).putScalar(2, 0, 0).putScalar(1, STEPS - 1, 0);
    }

    private static RecurrentLayer layer(RNNFormat format) {
        var network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .list()
                .layer(new Gru.Builder()
                        .nIn(INPUTS)
                        .nOut(UNITS)
                        .dataFormat(format)
                        .build())
                .build());
        network.init();
        network.initGradientsView();
        network.params()
                .assign(Nd4j.randn(DataType.FLOAT, network.params().shape()).muli(0.6));
        return (RecurrentLayer) network.getLayer(0);
    }

    @ParameterizedTest
    @CsvSource({"NCW, false", "NCW, true", "NWC, true"})
    void areThoseOfFiniteDifferences(RNNFormat format, boolean masks) {
        RecurrentLayer layer = layer(format);
        boolean turned = format == RNNFormat.NWC;
        layer.setMaskArray(masks ? mask : null);

        layer.activate(turned ? inputs.permute(0, 2, 1) : inputs, true, NO_WORKSPACES);
        Pair<Gradient, INDArray> actual =
                layer.backpropGradient(turned ? byOutputs.permute(0, 2, 1) : byOutputs, NO_WORKSPACES);

        double[] parameters = parameters(layer.paramTable()), x = doubles(inputs);
        double[] byParameters = differences(parameters, p -> loss(p, x, masks));
        double[] byInputs = differences(x, changed -> loss(parameters, changed, masks));
        assertThat(parameters(actual.getFirst().gradientForVariable()))
                .containsExactly(byParameters, within(1e-5 * most(byParameters)));
        INDArray epsilon = actual.getSecond();
        assertThat(doubles(turned ? epsilon.permute(0, 2, 1) : epsilon))
                .containsExactly(byInputs, within(1e-5 * most(byInputs)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void areThoseOfTheInputThatWasSetLast(boolean training) {
        RecurrentLayer layer = layer(RNNFormat.NCW);
        layer.activate(inputs, true, NO_WORKSPACES);
        double[] expected = parameters(
                layer.backpropGradient(byOutputs, NO_WORKSPACES).getFirst().gradientForVariable());

        layer.activate(inputs.mul(2), training, NO_WORKSPACES);
        layer.setInput(inputs, NO_WORKSPACES);
        double[] actual = parameters(
                layer.backpropGradient(byOutputs, NO_WORKSPACES).getFirst().gradientForVariable());

        assertThat(actual).containsExactly(expected);
    }

    /** Truncated after some steps, the gradient is that of a walk which begins there, from the state it had. */
    @Test
    void endWhereTheyAreTruncated() {
        RecurrentLayer layer = layer(RNNFormat.NCW);
        int back = 2;
        layer.rnnActivateUsingStoredState(inputs, true, true, NO_WORKSPACES);
        Pair<Gradient, INDArray> truncated = layer.tbpttBackpropGradient(byOutputs, back, NO_WORKSPACES);
        double[] actual = parameters(truncated.getFirst().gradientForVariable());
        double[] byInputs = doubles(truncated.getSecond());

        layer.rnnClearPreviousState();
        layer.rnnActivateUsingStoredState(part(inputs, 0, STEPS - back), false, true, NO_WORKSPACES);
        layer.rnnActivateUsingStoredState(part(inputs, STEPS - back, STEPS), true, false, NO_WORKSPACES);
        Pair<Gradient, INDArray> expected = layer.backpropGradient(part(byOutputs, STEPS - back, STEPS), NO_WORKSPACES);

        assertThat(actual).containsExactly(parameters(expected.getFirst().gradientForVariable()), within(1e-6));
        assertThat(byInputs)
                .containsExactly(
                        doubles(Nd4j.concat(
                                2,
                                Nd4j.zeros(DataType.FLOAT, ROWS, INPUTS, STEPS - back),
                                expected.getSecond().dup())),
                        within(1e-6));
    }

    private static INDArray part(INDArray sequences, int from, int to) {
        return sequences.get(all(), all(), interval(from, to)).dup();
    }

    private static double[] parameters(Map<String, INDArray> named) {
        double[] all = new double[0];
        for (String key : new String[] {"W", "RW", "b"}) {
            double[] part = doubles(named.get(key));
            all = Arrays.copyOf(all, all.length + part.length);
            System.arraycopy(part, 0, all, all.length - part.length, part.length);
        }
        return all;
    }

    private static double[] doubles(INDArray array) {
        return array.dup('c').data().asDouble();
    }

    private static double most(double[] numbers) {
        return Arrays.stream(numbers).map(Math::abs).max().orElseThrow();
    }

    private static double[] differences(double[] at, ToDoubleFunction<double[]> function) {
        double[] differences = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            double[] above = at.clone(), below = at.clone();
            above[i] += DELTA;
            below[i] -= DELTA;
            differences[i] = (function.applyAsDouble(above) - function.applyAsDouble(below)) / (2 * DELTA);
        }
        return differences;
    }

    private double loss(double[] parameters, double[] x, boolean masks) {
        var reference = new ReferenceLayer(RecurrentUnit.GRU, INPUTS, UNITS);
        double loss = 0;
        for (int row = 0; row < ROWS; row++) {
            double[][] steps = new double[STEPS][INPUTS];
            boolean[] masked = new boolean[STEPS];
            for (int step = 0; step < STEPS; step++) {
                masked[step] = masks && mask.getFloat(row, step) == 0;
                for (int i = 0; i < INPUTS; i++) {
                    steps[step][i] = x[(row * INPUTS + i) * STEPS + step];
                }
            }
            double[] keep = new double[UNITS];
            Arrays.fill(keep, 1);
            double[][] hidden = reference.walk(
                    parameters, new ReferenceLayer.Sequence(steps, masked, keep, new double[UNITS], new double[UNITS]));
            for (int step = 0; step < STEPS; step++) {
                for (int k = 0; k < UNITS; k++) {
                    loss += hidden[step][k] * byOutputs.getFloat(row, k, step);
                }
            }
        }
        return loss;
    }
}
