package io.foretide.network;

import io.foretide.kernel.BatchGradient;
import io.foretide.kernel.Crew;
import io.foretide.kernel.ParameterUpdates;
import io.foretide.kernel.RecurrentNetwork;
import java.util.Arrays;

/**
 * Moves the parameters of one network, batch after batch, on the kernels and without Deeplearning4j, whose formulas it
 * follows. All memory is made beforehand. The result depends on data, settings and seed, not on the number of threads.
 */
final class DirectTraining implements AutoCloseable {
    private final Settings settings;
    private final RecurrentNetwork network;
    private final ParameterUpdates updates;
    private final BatchGradient batchGradient;
    private final BatchLoss loss;
    private final Crew crew;
    private final float[] parameters;
    private final float[] gradient;
    private final float[] inputs;
    private final int inputCount;
    private final long decaySteps;

    /**
     * @param initial where the training starts
     * @param decaySteps after how many steps the learning rate has fallen to zero in a straight line; 0: it stays
     */
    DirectTraining(Settings settings, Weights initial, long decaySteps, int threads) {
        NetworkSettings shape = settings.network();
        int rows = settings.training().batchSize(), steps = settings.forecast().context();
        this.settings = settings;
        this.decaySteps = decaySteps;
        this.network = new RecurrentNetwork(shape(settings));
        this.parameters = padded(WeightsFormat.floats(initial));
        this.gradient = new float[parameters.length];
        this.inputCount = Inputs.count(settings.features());
        this.inputs = new float[rows * steps * inputCount];
        this.updates = new ParameterUpdates(
                settings.training().rule(), settings.training().limits(), network.decays());
        this.loss = new BatchLoss(Head.of(settings.forecast()), KnownEffects.of(settings));
        this.crew = new Crew(threads);
        var dropout = new BatchGradient.DropoutRates(shape.dropout(), 0);
        this.batchGradient = new BatchGradient(network, dropout, rows, steps, crew);
    }

    private static RecurrentNetwork.Shape shape(Settings settings) {
        NetworkSettings network = settings.network();
        return new RecurrentNetwork.Shape(
                WeightsFormat.unit(network),
                Inputs.count(settings.features()),
                network.units(),
                network.layers(),
                Math.toIntExact(WeightsFormat.outputs(settings)));
    }

    /** The heap that a training takes, with a batch, checkpoint, best network and the other members beside it, in bytes. */
    static long bytes(Settings settings, int steps, int threads) {
        long rows = settings.training().batchSize();
        int horizon = settings.forecast().horizon();
        long batch = rows * steps * 2L * (Inputs.count(settings.features()) + horizon)
                + rows * (steps + horizon) * settings.features().knownAhead();
        // Gradient, moments, and a network each in two forms; of a further member what is kept, and the bytes of its
        // artifact.
        long copies = (12 + 5L * (settings.network().members() - 1)) * WeightsFormat.count(settings);
        return BatchGradient.bytes(shape(settings), Math.toIntExact(rows), steps, threads)
                + Float.BYTES * (batch + copies);
    }

    private static float[] padded(float[] values) {
        return Arrays.copyOf(values, ParameterUpdates.padded(values.length));
    }

    /** One update. Gives the mean loss before it; where that is no finite number, nothing was moved. */
    double step(Windows.Batch batch) {
        double mean = computeGradient(batch);
        updates.apply(parameters, gradient, rate());
        return mean;
    }

    private double rate() {
        double left = decaySteps == 0 ? 1 : Math.max(0, 1 - (double) updates.updates() / decaySteps);
        return settings.training().learningRate() * left;
    }

    /** Leaves the gradient in {@link #gradient} and gives the mean loss. */
    private double computeGradient(Windows.Batch batch) {
        takeInputs(batch);
        loss.begin(batch);
        network.load(parameters);
        long seed = settings.training().seed() + updates.updates();
        return batchGradient.compute(batch.windows(), batch.steps(), inputs, seed, loss, gradient) / loss.count();
    }

    /** From [windows × inputs × steps] to [windows × steps × inputs]. */
    private void takeInputs(Windows.Batch batch) {
        int steps = batch.steps();
        for (int window = 0; window < batch.windows(); window++) {
            for (int i = 0; i < inputCount; i++) {
                int from = (window * inputCount + i) * steps, to = window * steps * inputCount + i;
                for (int step = 0; step < steps; step++) {
                    inputs[to + step * inputCount] = batch.inputs()[from + step];
                }
            }
        }
    }

    /** The gradient by all parameters, in the order of {@link WeightsFormat}. */
    float[] gradient(Windows.Batch batch) {
        computeGradient(batch);
        return Arrays.copyOf(gradient, network.parameters());
    }

    /** A copy of the progress so far. */
    Checkpoint.Progress progress() {
        return new Checkpoint.Progress(
                updates.updates(), unpadded(parameters), unpadded(updates.first()), unpadded(updates.second()));
    }

    private float[] unpadded(float[] values) {
        return Arrays.copyOf(values, Math.min(values.length, network.parameters()));
    }

    /** Goes on as the training of the same settings would have that made this progress. */
    void resume(Checkpoint.Progress progress) {
        copy(progress.parameters(), parameters);
        copy(progress.first(), updates.first());
        copy(progress.second(), updates.second());
        updates.resume(progress.updates());
    }

    private void copy(float[] from, float[] to) {
        int expected = Math.min(to.length, network.parameters());
        if (from.length != expected) {
            throw new IllegalArgumentException(
                    "progress of another network: " + from.length + " numbers, not " + expected);
        }
        System.arraycopy(from, 0, to, 0, from.length);
    }

    /** A copy of the parameters as they are now. */
    Weights weights() {
        return WeightsFormat.weights(settings, Arrays.copyOf(parameters, network.parameters()));
    }

    @Override
    public void close() {
        crew.close();
    }
}
