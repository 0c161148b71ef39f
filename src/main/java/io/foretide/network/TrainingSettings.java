package io.foretide.network;

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
        @Nullable Duration maxDuration) {}
