package io.foretide.network;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One network under training for forecasts: draws windows anew for each epoch, and is measured on what series hold out. */
final class ForecastLearner implements MemberTraining.Learner {
    /** The first step cannot be cut short, and is the slowest: in a hurry it is one on so few windows. */
    private static final int HURRIED_WINDOWS = 8;

    private final TrainingSettings settings;
    private final Windows windows;
    private final DirectTraining training;
    private final Validation validation;
    private final BooleanSupplier hurried;
    private boolean stepped;
    private List<Windows.Window> drawn = List.of();

    /** The loss of a network on what is held out; null where nothing is, or where there is no time to tell. */
    interface Validation {
        @Nullable
        Double loss(Weights weights);
    }

    /** @param hurried asked before the first step */
    ForecastLearner(
            TrainingSettings settings,
            Windows windows,
            DirectTraining training,
            Validation validation,
            BooleanSupplier hurried) {
        this.settings = settings;
        this.windows = windows;
        this.training = training;
        this.validation = validation;
        this.hurried = hurried;
    }

    @Override
    public int batchesPerEpoch() {
        return windows.batchesPerEpoch();
    }

    @Override
    public void beginEpoch(int epoch) {
        drawn = windows.draw(new SplittableRandom(Seeds.at(settings.seed(), epoch)));
    }

    @Override
    public double step(int batch) {
        int size = settings.batchSize();
        int taken = !stepped && hurried.getAsBoolean() ? Math.min(size, HURRIED_WINDOWS) : size;
        stepped = true;
        return training.step(windows.batch(drawn.subList(batch * size, batch * size + taken)));
    }

    @Override
    public Checkpoint.Progress progress() {
        return training.progress();
    }

    @Override
    public @Nullable Double validationLoss() {
        return validation.loss(training.weights());
    }

    @Override
    public float[] parameters() {
        return WeightsFormat.floats(training.weights());
    }

    @Override
    public void close() {
        training.close();
    }
}
