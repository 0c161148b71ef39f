package io.foretide.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foretide.kernel.GruLayer;
import java.util.Random;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Our GRU beside that of ONNX Runtime, which knows nothing of ours. */
class OnnxGruTest {
    @ParameterizedTest(name = "{0} inputs, {1} units")
    @CsvSource({"4, 32, 1, 40", "3, 5, 4, 12", "1, 64, 2, 100"})
    void theKernelGivesWhatOnnxRuntimeGives(int inputs, int units, int rows, int steps) throws Exception {
        var random = new Random(inputs * 31L + units);
        var kernel = new GruLayer(inputs, units);
        float[] parameters = random(random, kernel.parameters(), 0.5);
        float[] x = random(random, steps * rows * inputs, 1);
        kernel.load(parameters);

        float[] actual =
                kernel.forward(new GruLayer.Sequences(rows, steps, x, new boolean[0], kernel.initialState(rows)));

        try (var onnx = new OnnxGru(inputs, units, parameters)) {
            assertThat(actual).containsExactly(onnx.walk(rows, steps, x), within(1e-5f));
        }
    }

    @ParameterizedTest(name = "{0} inputs, {1} units")
    @CsvSource({"4, 32, 3, 40"})
    void theLayerOfDeeplearning4jGivesWhatOnnxRuntimeGives(int inputs, int units, int rows, int steps)
            throws Exception {
        NativeLibraries.load();
        var random = new Random(9);
        float[] parameters = random(random, new GruLayer(inputs, units).parameters(), 0.5);
        float[] x = random(random, steps * rows * inputs, 1);
        Layer layer = layer(inputs, units, parameters);

        INDArray out = layer.activate(
                Nd4j.create(x, new long[] {steps, rows, inputs}, 'c').permute(1, 2, 0),
                false,
                LayerWorkspaceMgr.noWorkspaces());

        try (var onnx = new OnnxGru(inputs, units, parameters)) {
            assertThat(out.permute(2, 0, 1).dup('c').data().asFloat())
                    .containsExactly(onnx.walk(rows, steps, x), within(1e-5f));
        }
    }

    private static Layer layer(int inputs, int units, float[] parameters) {
        var network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new Gru.Builder().nIn(inputs).nOut(units).build())
                .build());
        network.init();
        Layer layer = network.getLayer(0);
        int at = 0;
        for (String key : layer.paramTable().keySet()) {
            INDArray parameter = layer.getParam(key);
            int end = at + (int) parameter.length();
            parameter.assign(Nd4j.createFromArray(java.util.Arrays.copyOfRange(parameters, at, end))
                    .reshape('c', parameter.shape()));
            at = end;
        }
        return layer;
    }

    private static float[] random(Random random, int length, double deviation) {
        float[] numbers = new float[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = (float) (deviation * random.nextGaussian());
        }
        return numbers;
    }
}
