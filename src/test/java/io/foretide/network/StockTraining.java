package io.foretide.network;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/** Networks that Deeplearning4j trains by itself: what ours are held against. */
final class StockTraining {
    private StockTraining() {}

    /** With the initial parameters of {@link DeepNetwork#create}, a learning rate that stays, and no dropout. */
    static MultiLayerNetwork create(Settings settings) {
        NativeLibraries.load();
        TrainingSettings training = settings.training();
        var builder = new NeuralNetConfiguration.Builder()
                .seed(training.seed())
                .weightInit(WeightInit.XAVIER)
                .updater(updater(training.optimizer(), training.learningRate()))
                .miniBatch(false); // HeadLoss has taken the mean already
        if (training.clipValue() != null) {
            builder.gradientNormalization(GradientNormalization.ClipElementWiseAbsoluteValue)
                    .gradientNormalizationThreshold(training.clipValue());
        }
        if (training.optimizer() == Optimizer.ADAMW) {
            builder.weightDecay(training.weightDecay() / 2, true); // which Deeplearning4j takes away twice
        } else {
            builder.l2(training.weightDecay());
        }
        var layers = builder.list();
        NetworkSettings network = settings.network();
        for (int layer = 0; layer < network.layers(); layer++) {
            layers.layer(DeepNetwork.recurrentLayer(settings, layer).build());
        }
        layers.layer(new RnnOutputLayer.Builder(new HeadLoss(Head.of(settings.forecast())))
                .activation(Activation.IDENTITY)
                .nIn(network.units())
                .nOut(WeightsFormat.outputs(settings))
                .build());
        var deep = new MultiLayerNetwork(layers.build());
        deep.init();
        deep.setListeners(new GlobalNormClipping(training.gradientClip()));
        return deep;
    }

    private static IUpdater updater(Optimizer optimizer, double rate) {
        return switch (optimizer) {
            case SGD -> new Sgd(rate);
            case MOMENTUM -> new Nesterovs(rate, 0.9);
            case RMSPROP -> new RmsProp(rate);
            case ADAM, ADAMW -> new Adam(rate);
        };
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
