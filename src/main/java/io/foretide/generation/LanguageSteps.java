package io.foretide.generation;

import io.foretide.kernel.BatchGradient.DropoutRates;
import io.foretide.kernel.Crew;
import io.foretide.kernel.ParameterUpdates;
import io.foretide.kernel.TokenGradient;
import io.foretide.kernel.UpdateRule;
import io.foretide.network.Checkpoint;
import io.foretide.network.NetworkSettings;
import io.foretide.network.Optimizer;
import io.foretide.network.TrainingSettings;
import java.util.Arrays;

/** Moves the parameters of a network, batch after batch. What it gives does not depend on the number of threads. */
final class LanguageSteps implements AutoCloseable {
    /** The first of the steps that the rate falls over are used to raise it. */
    private static final double WARM_UP = 0.02;

    private final LanguageSettings settings;
    private final TextBatches batches;
    private final ParameterUpdates updates;
    private final TokenGradient tokenGradient;
    private final Crew crew;
    private final float[] parameters;
    private final float[] gradient;
    private final float[] carried;
    private final int count;
    private final long decaySteps;

    /**
     * @param initial where the training starts
     * @param decaySteps after how many steps the learning rate has fallen to zero; 0: it stays
     */
    LanguageSteps(LanguageSettings settings, TextBatches batches, float[] initial, long decaySteps, int threads) {
        this.settings = settings;
        this.batches = batches;
        this.decaySteps = decaySteps;
        this.count = initial.length;
        this.parameters = Arrays.copyOf(initial, ParameterUpdates.padded(count));
        this.gradient = new float[parameters.length];
        this.carried = new float[batches.rows() * settings.shape().stateLength()];
        this.updates = new ParameterUpdates(
                rule(settings.training().optimizer()), limits(), settings.shape().decays());
        this.crew = new Crew(threads);
        this.tokenGradient =
                new TokenGradient(settings.shape(), dropout(settings.network()), batches.rows(), batches.steps(), crew);
    }

    /** What recurs is left out half as often as what goes up. */
    private static DropoutRates dropout(NetworkSettings network) {
        return new DropoutRates(network.dropout(), network.dropout() / 2);
    }

    private static UpdateRule rule(Optimizer optimizer) {
        return switch (optimizer) {
            case SGD -> new UpdateRule.Sgd();
            case MOMENTUM -> new UpdateRule.Momentum(0.9f);
            case RMSPROP -> new UpdateRule.RmsProp(0.95f, 1e-8f);
            case ADAM, ADAMW -> new UpdateRule.Adam();
        };
    }

    private ParameterUpdates.Limits limits() {
        TrainingSettings training = settings.training();
        boolean decoupled = training.optimizer() == Optimizer.ADAMW;
        float decay = (float) training.weightDecay();
        Double mostValue = training.clipValue();
        return new ParameterUpdates.Limits(
                (float) training.gradientClip(),
                mostValue == null ? Float.POSITIVE_INFINITY : mostValue.floatValue(),
                decoupled ? 0 : decay,
                decoupled ? decay : 0);
    }

    /** The heap that a training takes, with text, checkpoint and best model beside it, in bytes. */
    static long bytes(LanguagePlan.Planned planned, int threads) {
        LanguageSettings settings = planned.settings();
        Tokens text = planned.trainedTokens();
        int rows = TextBatches.rows(text, settings), steps = TextBatches.steps(text, settings);
        long numbers = 12 * settings.shape().parameters()
                + 2L * rows * settings.shape().stateLength()
                + text.count()
                + planned.heldOutTokens().count();
        return TokenGradient.bytes(settings.shape(), rows, steps, threads) + Float.BYTES * numbers;
    }

    /** One update. Gives the mean loss before it; where that is no finite number, nothing was moved. */
    double step(int epoch, int batch) {
        TokenGradient.Batch read = batches.batch(epoch, batch, carried);
        long seed = settings.training().seed() + updates.updates();
        double sum = tokenGradient.compute(read, parameters, carried, seed, gradient);
        updates.apply(parameters, gradient, rate());
        return sum / (read.rows() * read.steps());
    }

    private double rate() {
        double rate = settings.training().learningRate();
        if (decaySteps == 0) {
            return rate;
        }
        double done = (double) updates.updates() / decaySteps;
        return rate * Math.min(1, (done + 1.0 / decaySteps) / WARM_UP) * Math.max(0, 1 - done);
    }

    /** A copy of the parameters as they are now. */
    float[] parameters() {
        return Arrays.copyOf(parameters, count);
    }

    /** A copy of the progress so far. */
    Checkpoint.Progress progress() {
        return new Checkpoint.Progress(
                updates.updates(),
                parameters(),
                unpadded(updates.first()),
                unpadded(updates.second()),
                carried.clone());
    }

    private float[] unpadded(float[] values) {
        return Arrays.copyOf(values, Math.min(values.length, count));
    }

    /** Goes on as the training of the same settings would have that made this progress. */
    void resume(Checkpoint.Progress progress) {
        copy(progress.parameters(), parameters, count);
        copy(progress.first(), updates.first(), count);
        copy(progress.second(), updates.second(), count);
        copy(progress.carried(), carried, carried.length);
        updates.resume(progress.updates());
    }

    private static void copy(float[] from, float[] to, int expected) {
        if (from.length != Math.min(to.length, expected)) {
            throw new IllegalArgumentException("progress of another network");
        }
        System.arraycopy(from, 0, to, 0, from.length);
    }

    @Override
    public void close() {
        crew.close();
    }
}
