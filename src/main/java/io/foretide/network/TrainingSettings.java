package io.foretide.network;

import static java.util.Objects.requireNonNull;

import io.foretide.kernel.ParameterUpdates;
import io.foretide.kernel.UpdateRule;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a network is trained. All but the cap on the duration is counted in steps, and so repeatable. */
public record TrainingSettings(
        int epochs,
        int batchSize,
        double learningRate,
        Optimizer optimizer,
        double gradientClip,
        @Nullable Double clipValue,
        double weightDecay,
        int patience,
        double validationSplit,
        long seed,
        @Nullable Duration maxDuration) {
    public TrainingSettings {
        requireNonNull(optimizer, "optimizer");
        if (epochs < 1 || batchSize < 1 || patience < 1) {
            throw new IllegalArgumentException("epochs, batch size and patience must be positive, were %d, %d and %d"
                    .formatted(epochs, batchSize, patience));
        }
        if (!(learningRate > 0 && Double.isFinite(learningRate) && weightDecay >= 0 && Double.isFinite(weightDecay))) {
            throw new IllegalArgumentException("learning rate and weight decay must be positive and finite, were "
                    + learningRate + " and " + weightDecay);
        }
        if (!(gradientClip > 0 && (clipValue == null || clipValue > 0))) {
            throw new IllegalArgumentException(
                    "clips of the gradient must be positive, were " + gradientClip + " and " + clipValue);
        }
        if (!(validationSplit >= 0 && validationSplit < 1)) {
            throw new IllegalArgumentException("validation split must lie in [0, 1), was " + validationSplit);
        }
    }

    /** The same with another seed. */
    public TrainingSettings withSeed(long seed) {
        return new TrainingSettings(
                epochs,
                batchSize,
                learningRate,
                optimizer,
                gradientClip,
                clipValue,
                weightDecay,
                patience,
                validationSplit,
                seed,
                maxDuration);
    }

    /** What moves the parameters of a network that is trained so. */
    public UpdateRule rule() {
        return switch (optimizer) {
            case SGD -> new UpdateRule.Sgd();
            case MOMENTUM -> new UpdateRule.Momentum(0.9f);
            case RMSPROP -> new UpdateRule.RmsProp(0.95f, 1e-8f);
            case ADAM, ADAMW -> new UpdateRule.Adam();
        };
    }

    /** How gradients are cut, and parameters decay, in a training of these settings. */
    public ParameterUpdates.Limits limits() {
        boolean decoupled = optimizer == Optimizer.ADAMW;
        float decay = (float) weightDecay;
        return new ParameterUpdates.Limits(
                (float) gradientClip,
                clipValue == null ? Float.POSITIVE_INFINITY : clipValue.floatValue(),
                decoupled ? 0 : decay,
                decoupled ? decay : 0);
    }
}
