package io.foretide.network;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

/** What a client asks of the training; absent fields are chosen for the data. */
public record TrainingOptions(
        @Min(1) @Max(100_000) @Nullable Integer epochs,
        @Min(1) @Max(4096) @Nullable Integer batchSize,
        @Positive @DecimalMax("10") @Nullable Double learningRate,
        @Nullable Optimizer optimizer,
        @Positive @Nullable Double gradientClip,
        @Positive @Nullable Double clipValue,
        @PositiveOrZero @DecimalMax("1") @Nullable Double weightDecay,
        @Min(1) @Max(100_000) @Nullable Integer patience,
        @PositiveOrZero @DecimalMax("0.5") @Nullable Double validationSplit,
        @Nullable Long seed,
        @DurationMin(seconds = 1) @Nullable Duration maxDuration) {
    public static final TrainingOptions NONE =
            new TrainingOptions(null, null, null, null, null, null, null, null, null, null, null);
}
