package io.foretide.prediction;

import io.foretide.series.QuantileLevel;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of forecasts, beside the series.
 *
 * @param horizon the number of future steps; the horizon of the model where absent
 * @param quantiles the levels, in any order; those of the model where absent
 */
record PredictRequest(
        @Positive @Nullable Integer horizon,

        @Size(min = 1, message = "must hold a level, or be left out") @Nullable
        List<@NotNull QuantileLevel> quantiles) {}
