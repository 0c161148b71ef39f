package io.foretide.network;

import io.foretide.kernel.Cell;
import io.foretide.kernel.Matrix;
import io.foretide.network.StoredZip.Entry;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The bytes of a {@link Deeplearning4jFile}. */
final class DeepNetworkFile {
    private DeepNetworkFile() {}

    static byte[] write(Settings settings, Weights weights) {
        MultiLayerNetwork deep = DeepNetwork.create(settings);
        try {
            assign(deep, weights, settings.network());
            return StoredZip.write(List.of(
                    new Entry(
                            ModelSerializer.CONFIGURATION_JSON,
                            deep.getLayerWiseConfigurations().toJson().getBytes(StandardCharsets.UTF_8)),
                    new Entry(ModelSerializer.COEFFICIENTS_BIN, coefficients(deep))));
        } finally {
            deep.close();
        }
    }

    private static void assign(MultiLayerNetwork deep, Weights weights, NetworkSettings network) {
        for (int layer = 0; layer < network.layers(); layer++) {
            Cell cell = weights.layers().get(layer);
            assign(deep.getLayer(layer), cell.parameters(), network.units());
        }
        assign(deep.getOutputLayer(), weights.head().parameters(), network.units());
    }

    /** @param parameters W, R where the layer has it, and b, row after row, gates in our order */
    private static void assign(Layer layer, float[] parameters, int units) {
        int at = 0;
        for (INDArray parameter : layer.paramTable().values()) {
            int columns = (int) parameter.size(-1), length = (int) parameter.length();
            var ours = new Matrix(length / columns, columns, Arrays.copyOfRange(parameters, at, at + length));
            // Two gates change places, which is its own reverse.
            float[] theirs = DeepNetwork.gatesInOrder(ours, units).values();
            try (INDArray source = Nd4j.createFromArray(theirs)) {
                parameter.assign(source.reshape('c', parameter.shape()));
            }
            at += length;
        }
    }

    private static byte[] coefficients(MultiLayerNetwork deep) {
        var bytes = new ByteArrayOutputStream();
        try {
            Nd4j.write(deep.params(), new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
