package io.foretide.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Our training beside that of Deeplearning4j's stock layers, which is the oracle, and of the layer that we add to them. */
class DirectTrainingTest {
    private static final int HORIZON = 3;
    private static final int STEPS = 14;

    static Stream<Arguments> networks() {
        return TestNetworks.everyCell(2);
    }

    @ParameterizedTest(name = "{0} {1}, {2} layers")
    @MethodSource("networks")
    void gradientsAreThoseOfTheStockLayers(CellType cell, Activation activation, int layers) {
        Settings settings = settings(new NetworkSettings(cell, 19, layers, activation, 0, 1), Optimizer.ADAM, null, 0);
        Windows.Batch batch = batch(settings, 1);
        MultiLayerNetwork deep = StockTraining.create(settings);

        float[] actual;
        try (var training = new DirectTraining(settings, DeepNetwork.weights(deep, settings.network()), 0, 1)) {
            actual = training.gradient(batch);
        }
        float[] expected = gradient(deep, settings, batch);

        assertThat(actual).containsExactly(expected, within(1e-5f * most(expected)));
        deep.close();
    }

    @ParameterizedTest
    @EnumSource
    void gradientsOfEveryLossAreThoseOfItsHead(Loss loss) {
        Settings base =
                settings(new NetworkSettings(CellType.LSTM, 19, 1, Activation.TANH, 0, 1), Optimizer.ADAM, null, 0);
        var settings = new Settings(
                TestNetworks.settings(CellType.LSTM, 1, HORIZON, loss).forecast(), base.network(), base.training());
        Windows.Batch batch = batch(settings, 1);
        for (int i = 0; i < batch.labels().length; i++) {
            boolean offset = i / (HORIZON * STEPS) % 2 == 1; // above zero, and labels are counts
            batch.labels()[i] = offset ? 1 + i % 5 : (float) Math.ceil(Math.abs(batch.labels()[i]));
        }
        MultiLayerNetwork deep = StockTraining.create(settings);

        float[] actual;
        try (var training = new DirectTraining(settings, DeepNetwork.weights(deep, settings.network()), 0, 1)) {
            actual = training.gradient(batch);
        }
        float[] expected = gradient(deep, settings, batch);

        assertThat(actual).containsExactly(expected, within(1e-5f * most(expected)));
        deep.close();
    }

    private static float most(float[] gradient) {
        float most = 0;
        for (float g : gradient) {
            most = Math.max(most, Math.abs(g));
        }
        return most;
    }

    /** Deeplearning4j's gradient in our order: taken for parameters, which know how to be put in order. */
    private static float[] gradient(MultiLayerNetwork deep, Settings settings, Windows.Batch batch) {
        try (INDArray x = inputs(batch);
                INDArray y = labels(batch)) {
            deep.setInput(x);
            deep.setLabels(y);
            deep.computeGradientAndScore();
            deep.setParams(deep.getFlattenedGradients().dup());
            return WeightsFormat.floats(DeepNetwork.weights(deep, settings.network()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void thirtyUpdatesEndWhereThoseOfTheStockLayersEnd(Optimizer optimizer) {
        Settings settings =
                settings(new NetworkSettings(CellType.LSTM, 19, 2, Activation.TANH, 0, 1), optimizer, 0.05, 1e-3);

        assertThat(distanceAfterThirtyUpdates(settings)).isLessThan(1e-4);
    }

    @ParameterizedTest
    @EnumSource
    void thirtyUpdatesOfASimpleNetworkEndWhereThoseOfTheStockLayersEnd(Activation activation) {
        Settings settings =
                settings(new NetworkSettings(CellType.SIMPLE_RNN, 19, 1, activation, 0, 1), Optimizer.ADAM, null, 0);

        assertThat(distanceAfterThirtyUpdates(settings)).isLessThan(1e-4);
    }

    @ParameterizedTest
    @EnumSource
    void thirtyUpdatesOfAGruEndWhereThoseOfTheLayersOfDeeplearning4jEnd(Optimizer optimizer) {
        Settings settings =
                settings(new NetworkSettings(CellType.GRU, 19, 2, Activation.TANH, 0, 1), optimizer, 0.05, 1e-3);

        assertThat(distanceAfterThirtyUpdates(settings)).isLessThan(1e-4);
    }

    private static double distanceAfterThirtyUpdates(Settings settings) {
        MultiLayerNetwork deep = StockTraining.create(settings);
        try (var training = new DirectTraining(settings, DeepNetwork.weights(deep, settings.network()), 0, 2)) {
            for (int i = 0; i < 30; i++) {
                Windows.Batch batch = batch(settings, i);
                training.step(batch);
                deep.fit(
                        inputs(batch),
                        labels(batch)); // and no clear(), which would forget the moments of the optimizer
            }
            float[] expected = WeightsFormat.floats(DeepNetwork.weights(deep, settings.network()));
            float[] actual = WeightsFormat.floats(training.weights());
            double distance = 0;
            for (int i = 0; i < expected.length; i++) {
                distance = Math.max(distance, Math.abs(expected[i] - actual[i]));
            }
            return distance;
        } finally {
            deep.close();
        }
    }

    @Test
    void theLearningRateFallsToZeroOverThePlannedSteps() {
        Settings settings =
                settings(new NetworkSettings(CellType.LSTM, 9, 1, Activation.TANH, 0, 1), Optimizer.SGD, null, 0);
        Weights initial = TestNetworks.random(settings, 1).members().getFirst();
        Windows.Batch batch = batch(settings, 1);

        try (var training = new DirectTraining(settings, initial, 2, 1)) {
            float[] start = WeightsFormat.floats(initial), gradient = training.gradient(batch);
            training.step(batch);
            float[] first = WeightsFormat.floats(training.weights()), halfway = training.gradient(batch);
            training.step(batch);
            float[] second = WeightsFormat.floats(training.weights());
            training.step(batch);

            for (int i = 0; i < start.length; i++) {
                assertThat(start[i] - first[i]).isCloseTo(0.005f * gradient[i], within(1e-7f));
                assertThat(first[i] - second[i]).isCloseTo(0.0025f * halfway[i], within(1e-7f));
            }
            assertThat(WeightsFormat.floats(training.weights())).containsExactly(second);
        }
    }

    @ParameterizedTest
    @EnumSource
    void goesOnFromItsProgressAsIfItHadNeverStopped(Optimizer optimizer) {
        Settings settings =
                settings(new NetworkSettings(CellType.LSTM, 9, 2, Activation.TANH, 0.2, 1), optimizer, null, 1e-3);
        Weights initial = TestNetworks.random(settings, 1).members().getFirst(),
                other = TestNetworks.random(settings, 2).members().getFirst();

        try (var whole = new DirectTraining(settings, initial, 9, 1);
                var resumed = new DirectTraining(settings, other, 9, 2)) {
            for (int i = 0; i < 6; i++) {
                if (i == 3) {
                    resumed.resume(whole.progress());
                }
                whole.step(batch(settings, i));
                if (i >= 3) {
                    resumed.step(batch(settings, i));
                }
            }

            assertThat(WeightsFormat.floats(resumed.weights())).containsExactly(WeightsFormat.floats(whole.weights()));
        }
    }

    @Test
    void aBatchWithoutLabelsMovesNothing() {
        Settings settings =
                settings(new NetworkSettings(CellType.LSTM, 9, 1, Activation.TANH, 0.2, 1), Optimizer.SGD, null, 0);
        Windows.Batch batch = batch(settings, 1);
        java.util.Arrays.fill(batch.labels(), Float.NaN);
        Weights initial = TestNetworks.random(settings, 1).members().getFirst();

        try (var training = new DirectTraining(settings, initial, 0, 1)) {
            assertThat(training.step(batch)).isZero();

            assertThat(WeightsFormat.floats(training.weights())).containsExactly(WeightsFormat.floats(initial));
        }
    }

    private static Settings settings(
            NetworkSettings network, Optimizer optimizer, @Nullable Double clipValue, double weightDecay) {
        Settings base = TestNetworks.settings(network.cell(), network.layers(), HORIZON, Loss.SQUARED);
        var training = new TrainingSettings(
                2, 20, 0.005, optimizer, clipValue == null ? 100 : 0.5, clipValue, weightDecay, 5, 0.1, 7, null);
        return new Settings(base.forecast(), network, training);
    }

    /** Random numbers; some labels are not there. */
    private static Windows.Batch batch(Settings settings, long seed) {
        var random = new Random(seed);
        int windows = settings.training().batchSize();
        float[] inputs = new float[windows * Inputs.COUNT * STEPS], labels = new float[windows * 2 * HORIZON * STEPS];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < labels.length; i++) {
            labels[i] = random.nextInt(5) == 0 ? Float.NaN : (float) random.nextGaussian();
        }
        return new Windows.Batch(windows, STEPS, inputs, labels, new float[0]);
    }

    private static INDArray inputs(Windows.Batch batch) {
        return Nd4j.create(batch.inputs(), new long[] {batch.windows(), Inputs.COUNT, batch.steps()}, 'c');
    }

    private static INDArray labels(Windows.Batch batch) {
        return Nd4j.create(batch.labels(), new long[] {batch.windows(), 2 * HORIZON, batch.steps()}, 'c');
    }
}
