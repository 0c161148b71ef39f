package io.foretide.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import io.foretide.kernel.Cell;
import io.foretide.kernel.CellState;
import io.foretide.kernel.Matrix;
import io.foretide.kernel.RecurrentUnit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** Our layer by Deeplearning4j's own interface, as a stock layer would be used. */
class GruTest {
    private static final int INPUTS = 3, UNITS = 5, OUTPUTS = 2, ROWS = 4, STEPS = 7;

    @BeforeEach
    void theSameNumbersEachTime() {
        NativeLibraries.load();
        Nd4j.getRandom().setSeed(11);
    }

    private static NeuralNetConfiguration.ListBuilder layers(RNNFormat format) {
        return new NeuralNetConfiguration.Builder()
                .seed(5)
                .weightInit(WeightInit.XAVIER)
                .updater(new Adam(0.02))
                .list()
                .layer(new Gru.Builder()
                        .nIn(INPUTS)
                        .nOut(UNITS)
                        .biasInit(0.1)
                        .dataFormat(format)
                        .build())
                .layer(new Gru.Builder()
                        .nIn(UNITS)
                        .nOut(UNITS)
                        .dataFormat(format)
                        .build())
                .layer(new RnnOutputLayer.Builder(new LossMSE())
                        .activation(Activation.IDENTITY)
                        .nIn(UNITS)
                        .nOut(OUTPUTS)
                        .dataFormat(format)
                        .build());
    }

    private static MultiLayerNetwork network(MultiLayerConfiguration configuration) {
        var network = new MultiLayerNetwork(configuration);
        network.init();
        return network;
    }

    private static MultiLayerNetwork network() {
        return network(layers(RNNFormat.NCW).build());
    }

    private static INDArray inputs() {
        return Nd4j.randn(DataType.FLOAT, ROWS, INPUTS, STEPS);
    }

    private static INDArray labels() {
        return Nd4j.randn(DataType.FLOAT, ROWS, OUTPUTS, STEPS);
    }

    private static INDArray step(INDArray sequences, int from, int to) {
        return sequences.get(all(), all(), interval(from, to)).dup();
    }

    @Test
    void isSavedAndRestoredAsStockLayersAre() throws IOException {
        MultiLayerNetwork network = network();
        network.fit(inputs(), labels());
        var saved = new ByteArrayOutputStream();
        ModelSerializer.writeModel(network, saved, true);

        MultiLayerNetwork restored =
                ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(saved.toByteArray()));

        INDArray inputs = inputs(), labels = labels();
        assertThat(restored.getLayerWiseConfigurations()).isEqualTo(network.getLayerWiseConfigurations());
        assertThat(restored.output(inputs)).isEqualTo(network.output(inputs));
        network.fit(inputs, labels);
        restored.fit(inputs, labels);
        assertThat(restored.params()).isEqualTo(network.params());
    }

    @Test
    void itsConfigurationIsJsonAndYaml() {
        MultiLayerConfiguration configuration = layers(RNNFormat.NWC).build();

        assertThat(MultiLayerConfiguration.fromJson(configuration.toJson())).isEqualTo(configuration);
        assertThat(MultiLayerConfiguration.fromYaml(configuration.toYaml())).isEqualTo(configuration);
        assertThat(configuration.clone()).isEqualTo(configuration);
    }

    @Test
    void stepsToTheBitAsItWalks() {
        MultiLayerNetwork network = network();
        INDArray inputs = inputs();
        INDArray whole = network.output(inputs);

        for (int step = 0; step < STEPS - 2; step++) {
            assertThat(network.rnnTimeStep(step(inputs, step, step + 1))).isEqualTo(step(whole, step, step + 1));
        }
        assertThat(network.rnnTimeStep(step(inputs, STEPS - 2, STEPS))).isEqualTo(step(whole, STEPS - 2, STEPS));

        network.rnnClearPreviousState();
        assertThat(network.rnnTimeStep(inputs)).isEqualTo(whole);
    }

    @Test
    void itsStateCanBeTakenAndPutBack() {
        MultiLayerNetwork network = network();
        INDArray inputs = inputs(), next = inputs();
        network.rnnTimeStep(inputs);
        var first = network.rnnGetPreviousState(0);
        var second = network.rnnGetPreviousState(1);
        INDArray expected = network.rnnTimeStep(next);

        network.rnnSetPreviousState(0, first);
        network.rnnSetPreviousState(1, second);

        assertThat(network.rnnTimeStep(next)).isEqualTo(expected);
        assertThat(first.get("prevAct").shape()).containsExactly(ROWS, UNITS);
    }

    @Test
    void activatesFromTheStoredStateWithoutMovingIt() {
        MultiLayerNetwork network = network();
        INDArray inputs = inputs();
        INDArray whole = network.output(inputs);

        network.rnnActivateUsingStoredState(step(inputs, 0, 3), false, true);
        for (int time = 0; time < 2; time++) {
            var activations = network.rnnActivateUsingStoredState(step(inputs, 3, STEPS), false, false);
            assertThat(activations.getLast()).isEqualTo(step(whole, 3, STEPS));
        }
    }

    @Test
    void walksToTheBitAsOurCellDoes() {
        MultiLayerNetwork network = network();
        INDArray inputs = inputs();
        INDArray hidden = network.feedForward(inputs).get(1);
        var layer = network.getLayer(0);
        Cell cell = new Cell(
                RecurrentUnit.GRU,
                matrix(layer.getParam("W")),
                matrix(layer.getParam("RW")),
                layer.getParam("b").dup().data().asFloat());

        for (int row = 0; row < ROWS; row++) {
            CellState state = cell.initialState();
            for (int step = 0; step < STEPS; step++) {
                float[] input = new float[INPUTS];
                for (int i = 0; i < INPUTS; i++) {
                    input[i] = inputs.getFloat(row, i, step);
                }
                cell.step(input, state);
                for (int k = 0; k < UNITS; k++) {
                    assertThat(hidden.getFloat(row, k, step)).isEqualTo(state.hidden()[k]);
                }
            }
        }
    }

    private static Matrix matrix(INDArray array) {
        return new Matrix(
                (int) array.size(0), (int) array.size(1), array.dup('c').data().asFloat());
    }

    @Test
    void aMaskedStepIsAsIfItHadNotBeen() {
        MultiLayerNetwork network = network();
        INDArray inputs = inputs();
        INDArray mask = Nd4j.ones(DataType.FLOAT, ROWS, STEPS);
        mask.putScalar(1, 3, 0);
        INDArray shorter = Nd4j.concat(2, step(inputs, 0, 3), step(inputs, 4, STEPS));

        INDArray masked = network.feedForward(inputs, mask, null).get(2);
        INDArray unmasked = network.feedForward(inputs).get(2);
        INDArray without = network.feedForward(shorter).get(2);

        assertThat(part(masked, 1, 0, 3)).isEqualTo(part(without, 1, 0, 3));
        assertThat(part(masked, 1, 3, 4)).isEqualTo(part(masked, 1, 2, 3));
        assertThat(part(masked, 1, 4, STEPS)).isEqualTo(part(without, 1, 3, STEPS - 1));
        assertThat(part(masked, 0, 0, STEPS)).isEqualTo(part(unmasked, 0, 0, STEPS));
    }

    private static INDArray part(INDArray sequences, int row, int from, int to) {
        return sequences.get(interval(row, row + 1), all(), interval(from, to)).dup();
    }

    @Test
    void readsAndWritesBothFormats() {
        MultiLayerNetwork narrow = network(),
                wide = network(layers(RNNFormat.NWC).build());
        wide.setParams(narrow.params());
        INDArray inputs = inputs(), labels = labels();
        INDArray turned = inputs.permute(0, 2, 1).dup(),
                turnedLabels = labels.permute(0, 2, 1).dup();

        assertThat(wide.output(turned).permute(0, 2, 1).dup())
                .isEqualTo(narrow.output(inputs).dup());
        assertThat(wide.rnnTimeStep(turned).permute(0, 2, 1).dup())
                .isEqualTo(narrow.rnnTimeStep(inputs).dup());
        narrow.fit(inputs, labels);
        wide.fit(turned, turnedLabels);
        assertThat(wide.params().equalsWithEps(narrow.params(), 1e-6)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"DOUBLE", "FLOAT", "HALF"})
    void takesNumbersOfEveryType(DataType type) {
        MultiLayerNetwork single = network();
        MultiLayerNetwork network = single.convertDataType(type);
        INDArray inputs = inputs();

        INDArray outputs = network.output(inputs.castTo(type));

        double tolerance = type == DataType.HALF ? 1e-2 : 1e-6;
        assertThat(outputs.dataType()).isEqualTo(type);
        assertThat(outputs.castTo(DataType.FLOAT).equalsWithEps(single.output(inputs), tolerance))
                .isTrue();
        score(network, inputs.castTo(type), labels().castTo(type));
        assertThat(network.getFlattenedGradients().norm2Number().doubleValue())
                .isPositive()
                .isFinite();
    }

    @Test
    void learns() {
        MultiLayerNetwork network = network();
        INDArray inputs = inputs(), labels = labels();
        network.fit(inputs, labels);
        double before = network.score();

        for (int i = 0; i < 300; i++) {
            network.fit(inputs, labels);
        }

        assertThat(network.score()).isLessThan(0.2 * before);
    }

    @Test
    void learnsOverTruncatedSequences() {
        MultiLayerConfiguration configuration = layers(RNNFormat.NCW)
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTForwardLength(3)
                .tBPTTBackwardLength(2)
                .build();
        MultiLayerNetwork network = network(configuration);
        INDArray inputs = inputs(), labels = labels();
        double before = network.score(new org.nd4j.linalg.dataset.DataSet(inputs, labels));

        for (int i = 0; i < 100; i++) {
            network.fit(inputs, labels);
        }

        assertThat(network.score(new org.nd4j.linalg.dataset.DataSet(inputs, labels)))
                .isLessThan(0.7 * before);
    }

    /** A small step along the gradient changes the loss by its squared length, if gradient and dropout are right. */
    @Test
    void itsGradientFitsItsDropout() {
        MultiLayerConfiguration configuration = layers(RNNFormat.NCW).build();
        configuration.getConf(1).getLayer().setIDropout(new org.deeplearning4j.nn.conf.dropout.Dropout(0.6));
        MultiLayerNetwork network = network(configuration);
        INDArray inputs = inputs(), labels = labels();
        score(network, inputs, labels);
        INDArray gradient = network.getFlattenedGradients().dup();
        double squared = Math.pow(gradient.norm2Number().doubleValue(), 2);
        INDArray parameters = network.params().dup();
        double step = 0.01 / Math.sqrt(squared);

        network.setParams(parameters.add(gradient.mul(step)));
        double above = score(network, inputs, labels);
        network.setParams(parameters.sub(gradient.mul(step)));
        double below = score(network, inputs, labels);

        assertThat((above - below) * ROWS / (2 * step) / squared).isCloseTo(1, within(0.005));
    }

    private static double score(MultiLayerNetwork network, INDArray inputs, INDArray labels) {
        Nd4j.getRandom().setSeed(3); // the same numbers are left out each time
        network.setInput(inputs);
        network.setLabels(labels);
        network.computeGradientAndScore();
        return network.score();
    }

    @Test
    void startsAsItIsTold() {
        MultiLayerNetwork network = network();

        double deviation = network.getLayer(1).getParam("RW").stdNumber().doubleValue();
        assertThat(deviation).isCloseTo(Math.sqrt(2.0 / (2 * UNITS)), within(0.1));
        assertThat(network.getLayer(0).getParam("b").ameanNumber().doubleValue())
                .isCloseTo(0.1, within(1e-6));
        assertThat(network.getLayer(0).numParams()).isEqualTo((INPUTS + UNITS + 2) * 3 * UNITS);
        assertThat(network.params()).isEqualTo(network().params());
    }

    @Test
    void countsItsMemory() {
        MultiLayerConfiguration configuration = layers(RNNFormat.NCW).build();

        assertThat(configuration
                        .getMemoryReport(InputType.recurrent(INPUTS, STEPS))
                        .toString())
                .contains("Gru");
    }

    @Test
    void saysWhatItCannotDo() {
        MultiLayerNetwork network = network();
        network.rnnTimeStep(inputs());

        assertThatThrownBy(() -> network.rnnTimeStep(Nd4j.randn(DataType.FLOAT, ROWS + 1, INPUTS, 1)))
                .isInstanceOf(DL4JInvalidInputException.class)
                .hasMessageContaining("rnnClearPreviousState");
        assertThatThrownBy(() -> network.output(Nd4j.randn(DataType.FLOAT, ROWS, INPUTS + 1, STEPS)))
                .isInstanceOf(DL4JInvalidInputException.class)
                .hasMessageContaining("[4, 4, 7]");
        var relu = new NeuralNetConfiguration.Builder()
                .list()
                .layer(new Gru.Builder()
                        .nIn(INPUTS)
                        .nOut(UNITS)
                        .activation(Activation.RELU)
                        .build())
                .build();
        assertThatThrownBy(() -> network(relu))
                .isInstanceOf(DL4JInvalidConfigException.class)
                .hasMessageContaining("tanh");
    }
}
