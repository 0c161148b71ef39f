package io.foretide.network;

import io.foretide.kernel.Cell;
import io.foretide.kernel.Dense;
import io.foretide.kernel.Matrix;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.PolySchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * Deeplearning4j's own layer classes, and {@link Gru} for the one that it lacks, put together from our settings, and their
 * parameters read back for our cells.
 */
final class DeepNetwork {
    private static final double MOMENTUM = 0.9;

    private DeepNetwork() {}

    /**
     * A network with initial parameters that follow from the seed.
     *
     * @param decaySteps after how many steps the learning rate has fallen to zero in a straight line; 0: it stays
     */
    static MultiLayerNetwork create(Settings settings, Head head, int decaySteps) {
        NativeLibraries.load();
        TrainingSettings training = settings.training();
        double rate = training.learningRate();
        ISchedule schedule = decaySteps == 0
                ? new FixedSchedule(rate)
                : new PolySchedule(ScheduleType.ITERATION, rate, 1, decaySteps);
        var builder = new NeuralNetConfiguration.Builder()
                .seed(training.seed())
                .weightInit(WeightInit.XAVIER)
                .updater(updater(training.optimizer(), schedule))
                .miniBatch(false); // HeadLoss has taken the mean already
        if (training.clipValue() != null) {
            builder.gradientNormalization(GradientNormalization.ClipElementWiseAbsoluteValue)
                    .gradientNormalizationThreshold(training.clipValue());
        }
        if (training.optimizer() == Optimizer.ADAMW) {
            builder.weightDecay(training.weightDecay(), true);
        } else {
            builder.l2(training.weightDecay());
        }
        var layers = builder.list();
        NetworkSettings network = settings.network();
        for (int layer = 0; layer < network.layers(); layer++) {
            layers.layer(recurrentLayer(network, layer));
        }
        layers.layer(new RnnOutputLayer.Builder(new HeadLoss(head))
                .activation(org.nd4j.linalg.activations.Activation.IDENTITY)
                .nIn(network.units())
                .nOut(WeightsFormat.outputs(settings.forecast()))
                .dropOut(1 - network.dropout())
                .build());
        var deep = new MultiLayerNetwork(layers.build());
        deep.init();
        deep.setListeners(new GlobalNormClipping(training.gradientClip()));
        return deep;
    }

    /** Where a training starts: parameters as Deeplearning4j draws them from the seed. */
    static Weights initialWeights(Settings settings) {
        MultiLayerNetwork deep = create(settings, Head.of(settings.forecast()), 0);
        try {
            return weights(deep, settings.network());
        } finally {
            deep.close();
        }
    }

    private static BaseRecurrentLayer recurrentLayer(NetworkSettings network, int layer) {
        BaseRecurrentLayer.Builder<?> builder = switch (network.cell()) {
            case SIMPLE_RNN -> new SimpleRnn.Builder().activation(activation(network.activation()));
            case LSTM ->
                new LSTM.Builder()
                        .activation(org.nd4j.linalg.activations.Activation.TANH)
                        .forgetGateBiasInit(1);
            case GRU -> new Gru.Builder();
        };
        builder.nIn(WeightsFormat.inputs(network, layer)).nOut(network.units());
        if (layer > 0) {
            builder.dropOut(1 - network.dropout()); // Deeplearning4j's number is the probability of keeping
        }
        return builder.build();
    }

    private static IActivation activation(Activation activation) {
        return switch (activation) {
            case TANH -> org.nd4j.linalg.activations.Activation.TANH.getActivationFunction();
            case RELU -> org.nd4j.linalg.activations.Activation.RELU.getActivationFunction();
            case SIGMOID -> org.nd4j.linalg.activations.Activation.SIGMOID.getActivationFunction();
        };
    }

    private static IUpdater updater(Optimizer optimizer, ISchedule rate) {
        return switch (optimizer) {
            case SGD -> Sgd.builder().learningRateSchedule(rate).build();
            case MOMENTUM ->
                Nesterovs.builder()
                        .momentum(MOMENTUM)
                        .learningRateSchedule(rate)
                        .build();
            case RMSPROP -> RmsProp.builder().learningRateSchedule(rate).build();
            case ADAM, ADAMW -> Adam.builder().learningRateSchedule(rate).build();
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
    private static Matrix gatesInOrder(Matrix source, int units) {
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

    /** Scales the whole gradient down to a norm, which Deeplearning4j cannot do by itself. */
    private static final class GlobalNormClipping extends BaseTrainingListener {
        private final double most;

        private GlobalNormClipping(double most) {
            this.most = most;
        }

        @Override
        public void onGradientCalculation(Model model) {
            INDArray gradient = ((MultiLayerNetwork) model).getFlattenedGradients();
            double norm = gradient.norm2Number().doubleValue();
            if (norm > most) {
                gradient.muli(most / norm);
            }
        }
    }
}
