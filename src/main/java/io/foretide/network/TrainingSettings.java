package io.foretide.network;

import static java.util.Objects.requireNonNull;

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

    TrainingSettings withSeed(long seed) {
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
}
