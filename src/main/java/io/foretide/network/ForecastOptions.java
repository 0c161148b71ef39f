package io.foretide.network;

import io.foretide.series.QuantileLevel;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client asks of the forecasts of a model; absent fields are chosen for the data. */
public record ForecastOptions(
        @Positive @Nullable Integer horizon,
        @Min(2) @Max(4096) @Nullable Integer context,
        @Size(min = 1, max = 64) @Nullable List<QuantileLevel> quantiles,

        @Min(1) @Max(ForecastSettings.MOST_SEASON_LENGTH) @Nullable
        Integer seasonLength,

        @Nullable Loss loss,
        @Nullable Scaling scaling,
        @Nullable Anchoring anchor) {
    public static final ForecastOptions NONE = new ForecastOptions(null, null, null, null, null, null, null);
}
