package io.foretide.network;

import io.foretide.kernel.Cell;
import io.foretide.kernel.Dense;
import io.foretide.kernel.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/**
 * Deeplearning4j's own layer classes, and {@link Gru} for the one that it lacks, put together from our settings, and their
 * parameters read back for our cells.
 */
final class DeepNetwork {
    private DeepNetwork() {}

    /** A network with initial parameters that follow from the seed. Its loss is one that has no part in them. */
    static MultiLayerNetwork create(Settings settings) {
        int outputs = Math.toIntExact(WeightsFormat.outputs(settings));
        var core = new RecurrentCore(settings.network(), WeightsFormat.inputs(settings, 0), outputs);
        return create(core, settings.training().seed());
    }

    /** As the other, of layers and a head alone. */
    static MultiLayerNetwork create(RecurrentCore core, long seed) {
        NativeLibraries.load();
        NetworkSettings network = core.network();
        var layers = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .weightInit(WeightInit.XAVIER)
                .list();
        for (int layer = 0; layer < network.layers(); layer++) {
            layers.layer(recurrentLayer(network, core.inputs(layer)).build());
        }
        layers.layer(new RnnOutputLayer.Builder(new LossMSE())
                .activation(org.nd4j.linalg.activations.Activation.IDENTITY)
                .nIn(network.units())
                .nOut(core.outputs())
                .build());
        var deep = new MultiLayerNetwork(layers.build());
        deep.init();
        return deep;
    }

    /**
     * Where a training starts: parameters as Deeplearning4j draws them from the seed, but what is known ahead has no effect
     * yet.
     */
    static Weights initialWeights(Settings settings) {
        MultiLayerNetwork deep = create(settings);
        try {
            Weights drawn = weights(deep, settings.network());
            return settings.features().knownAhead() == 0 ? drawn : withoutEffects(settings, drawn);
        } finally {
            deep.close();
        }
    }

    /** Where a training of layers and a head alone starts, in the order of {@link RecurrentCore}. */
    static float[] initialParameters(RecurrentCore core, long seed) {
        MultiLayerNetwork deep = create(core, seed);
        try {
            return WeightsFormat.floats(weights(deep, core.network()));
        } finally {
            deep.close();
        }
    }

    private static Weights withoutEffects(Settings settings, Weights drawn) {
        float[] all = WeightsFormat.floats(drawn);
        int outputs = drawn.head().outputs(), rows = drawn.head().inputs() + 1;
        int effects = settings.features().knownAhead() * Head.width(settings.forecast());
        for (int row = 1; row <= rows; row++) {
            int end = all.length - (rows - row) * outputs;
            Arrays.fill(all, end - effects, end, 0);
        }
        return WeightsFormat.weights(settings, all);
    }

    static BaseRecurrentLayer.Builder<?> recurrentLayer(Settings settings, int layer) {
        return recurrentLayer(settings.network(), WeightsFormat.inputs(settings, layer));
    }

    private static BaseRecurrentLayer.Builder<?> recurrentLayer(NetworkSettings network, int inputs) {
        BaseRecurrentLayer.Builder<?> builder = switch (network.cell()) {
            case SIMPLE_RNN -> new SimpleRnn.Builder().activation(activation(network.activation()));
            case LSTM ->
                new LSTM.Builder()
                        .activation(org.nd4j.linalg.activations.Activation.TANH)
                        .forgetGateBiasInit(1);
            case GRU -> new Gru.Builder();
        };
        builder.nIn(inputs).nOut(network.units());
        return builder;
    }

    private static IActivation activation(Activation activation) {
        return switch (activation) {
            case TANH -> org.nd4j.linalg.activations.Activation.TANH.getActivationFunction();
            case RELU -> org.nd4j.linalg.activations.Activation.RELU.getActivationFunction();
            case SIGMOID -> org.nd4j.linalg.activations.Activation.SIGMOID.getActivationFunction();
        };
    }

    /** A copy of the network's parameters in the order that our cells use. */
    static Weights weights(MultiLayerNetwork deep, NetworkSettings network) {
        List<Cell> cells = new ArrayList<>();
        for (int layer = 0; layer < network.layers(); layer++) {
            Layer source = deep.getLayer(layer);
            int units = network.units();
            cells.add(WeightsFormat.cell(
                    network,
                    gatesInOrder(matrix(source.getParam("W")), units),
                    gatesInOrder(matrix(source.getParam("RW")), units),
                    gatesInOrder(matrix(source.getParam("b")), units).values()));
        }
        Layer top = deep.getOutputLayer();
        return new Weights(
                cells,
                new Dense(matrix(top.getParam("W")), matrix(top.getParam("b")).values()));
    }

    /** A vector, of whatever rank, becomes one row. */
    private static Matrix matrix(INDArray array) {
        int columns = (int) array.size(-1);
        return new Matrix(
                (int) array.length() / columns, columns, array.dup('c').data().asFloat());
    }

    /** Deeplearning4j's LSTM stacks candidate, forget, output and input gate; ours i, f, o, g. Others need no change. */
    static Matrix gatesInOrder(Matrix source, int units) {
        if (source.columns() != 4 * units) {
            return source;
        }
        float[] values = source.values().clone();
        for (int row = 0; row < source.rows(); row++) {
            int from = row * source.columns();
            System.arraycopy(source.values(), from + 3 * units, values, from, units);
            System.arraycopy(source.values(), from, values, from + 3 * units, units);
        }
        return new Matrix(source.rows(), source.columns(), values);
    }
}
