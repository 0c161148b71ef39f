package io.foretide.network;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Where trainings of other tasks start: they have this library's recurrent core, and inputs and outputs of their own. */
public final class InitialParameters {
    private InitialParameters() {}

    /**
     * Parameters as Deeplearning4j draws them from the seed: of each recurrent layer from the bottom up W, R and b (of a GRU b
     * and d), then the head's W and b; matrices row after row, a row an input.
     */
    public static float[] draw(NetworkSettings network, int inputs, int outputs, long seed) {
        NativeLibraries.load(); // before any class of Deeplearning4j, to say what is missing where they are
        return drawn(network, inputs, outputs, seed);
    }

    private static float[] drawn(NetworkSettings network, int inputs, int outputs, long seed) {
        MultiLayerNetwork deep = DeepNetwork.create(network, inputs, outputs, seed);
        try {
            return WeightsFormat.floats(DeepNetwork.weights(deep, network));
        } finally {
            deep.close();
        }
    }
}
