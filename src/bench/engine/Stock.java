package engine;

import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Deeplearning4j's own layers, its {@code fit} and {@code rnnTimeStep}. It has no GRU. */
public final class Stock implements Contender {
    public Stock(int threads) {}

    @Override
    public Optional<Work> prepare(Row row) {
        return switch (row) {
            case Row.Training(Row.Network network, int batch, int steps) when network.cell() != Row.Cell.GRU -> {
                var deep = create(network);
                var x = Nd4j.rand(batch, Row.INPUTS, steps);
                var y = Nd4j.rand(batch, 1, steps);
                yield Optional.of(() -> deep.fit(x, y));
            }
            case Row.Step(Row.Network network, int batch) when network.cell() != Row.Cell.GRU -> {
                var deep = create(network);
                var x = Nd4j.rand(batch, Row.INPUTS);
                yield Optional.of(() -> deep.rnnTimeStep(x));
            }
            case Row.Training _, Row.Step _, Row.Read _ -> Optional.empty();
        };
    }

    private static MultiLayerNetwork create(Row.Network network) {
        var layers = new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(1e-4))
                .list();
        int inputs = Row.INPUTS;
        for (int i = 0; i < network.layers(); i++) {
            BaseRecurrentLayer.Builder<?> layer =
                    network.cell() == Row.Cell.LSTM ? new LSTM.Builder() : new SimpleRnn.Builder();
            layer.activation(Activation.TANH);
            layer.nIn(inputs);
            layer.nOut(network.units());
            layers.layer(layer.build());
            inputs = network.units();
        }
        layers.layer(new RnnOutputLayer.Builder(LossFunctions.LossFunction.MSE)
                .activation(Activation.IDENTITY)
                .nIn(network.units())
                .nOut(1)
                .build());
        var deep = new MultiLayerNetwork(layers.build());
        deep.init();
        return deep;
    }
}
