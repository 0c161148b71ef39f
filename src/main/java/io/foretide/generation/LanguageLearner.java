package io.foretide.generation;

import io.foretide.kernel.BatchGradient.DropoutRates;
import io.foretide.kernel.Crew;
import io.foretide.kernel.ParameterUpdates;
import io.foretide.kernel.TokenGradient;
import io.foretide.network.Checkpoint;
import io.foretide.network.MemberTraining;
import io.foretide.network.NetworkSettings;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Trains one network on the batches of a text. What it gives does not depend on the number of threads. */
final class LanguageLearner implements MemberTraining.Learner {
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
    private final Validation validation;
    private int epoch;

    /** The mean nats per token of held-out text, of a network with these parameters. */
    interface Validation {
        @Nullable
        Double loss(float[] parameters);
    }

    /**
     * @param initial where the training starts
     * @param decaySteps after how many steps the learning rate has fallen to zero; 0: it stays
     */
    LanguageLearner(
            LanguageSettings settings,
            TextBatches batches,
            float[] initial,
            long decaySteps,
            Validation validation,
            int threads) {
        this.settings = settings;
        this.batches = batches;
        this.validation = validation;
        this.decaySteps = decaySteps;
        this.count = initial.length;
        this.parameters = Arrays.copyOf(initial, ParameterUpdates.padded(count));
        this.gradient = new float[parameters.length];
        this.carried = new float[batches.rows() * settings.shape().stateLength()];
        this.updates = new ParameterUpdates(
                settings.training().rule(),
                settings.training().limits(),
                settings.shape().decays());
        this.crew = new Crew(threads);
        this.tokenGradient =
                new TokenGradient(settings.shape(), dropout(settings.network()), batches.rows(), batches.steps(), crew);
    }

    /** What recurs is left out half as often as what goes up. */
    private static DropoutRates dropout(NetworkSettings network) {
        return new DropoutRates(network.dropout(), network.dropout() / 2);
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

    @Override
    public int batchesPerEpoch() {
        return batches.perEpoch();
    }

    @Override
    public void beginEpoch(int number) {
        epoch = number;
    }

    @Override
    public double step(int batch) {
        TokenGradient.Batch read = batches.batch(epoch, batch, carried);
        long seed = settings.training().seed() + updates.updates();
        double sum = tokenGradient.compute(read, parameters, carried, seed, gradient);
        updates.apply(parameters, gradient, rate());
        return sum / (read.rows() * read.steps());
    }

    @Override
    public @Nullable Double validationLoss() {
        return validation.loss(parameters());
    }

    private double rate() {
        double rate = settings.training().learningRate();
        if (decaySteps == 0) {
            return rate;
        }
        double done = (double) updates.updates() / decaySteps;
        return rate * Math.min(1, (done + 1.0 / decaySteps) / WARM_UP) * Math.max(0, 1 - done);
    }

    @Override
    public float[] parameters() {
        return Arrays.copyOf(parameters, count);
    }

    @Override
    public Checkpoint.Progress progress() {
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

    /** Goes on as the learner of the same settings would have that made this progress. */
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
