package io.foretide.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foretide.kernel.CellState;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class DeepNetworkTest {
    private static final int STEPS = 15;

    static Stream<Arguments> networks() {
        return TestNetworks.everyCell(3);
    }

    @ParameterizedTest(name = "{0} {1}, {2} layers")
    @MethodSource("networks")
    void ourCellsGiveWhatTheNetworkGives(CellType cell, Activation activation, int layers) {
        Settings base = TestNetworks.settings(cell, layers, 3, Loss.QUANTILE);
        var network = new NetworkSettings(cell, 9, layers, activation, 0.2, 1);
        var settings = new Settings(base.forecast(), network, base.training());
        MultiLayerNetwork deep = DeepNetwork.create(settings);
        float[][] inputs = inputs(new Random(3));

        INDArray expected = deep.output(asArray(inputs));
        float[][] actual = walk(DeepNetwork.weights(deep, network), inputs);

        for (int step = 0; step < STEPS; step++) {
            for (int i = 0; i < expected.size(1); i++) {
                assertThat(actual[step][i]).isCloseTo(expected.getFloat(0, i, step), within(1e-5f));
            }
        }
        deep.close();
    }

    private static float[][] walk(Weights weights, float[][] inputs) {
        CellState[] states =
                weights.layers().stream().map(c -> c.initialState()).toArray(CellState[]::new);
        float[][] outputs = new float[STEPS][];
        for (int step = 0; step < STEPS; step++) {
            float[] input = inputs[step];
            for (int i = 0; i < states.length; i++) {
                weights.layers().get(i).step(input, states[i]);
                input = states[i].hidden();
            }
            outputs[step] = weights.head().newOutputs();
            weights.head().apply(input, outputs[step]);
        }
        return outputs;
    }

    private static float[][] inputs(Random random) {
        float[][] inputs = new float[STEPS][Inputs.COUNT];
        for (float[] row : inputs) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) random.nextGaussian();
            }
        }
        return inputs;
    }

    private static INDArray asArray(float[][] inputs) {
        INDArray array = Nd4j.create(1, Inputs.COUNT, STEPS);
        for (int step = 0; step < STEPS; step++) {
            for (int i = 0; i < Inputs.COUNT; i++) {
                array.putScalar(0, i, step, inputs[step][i]);
            }
        }
        return array;
    }
}
