package io.foretide.http.testing;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.foretide.series.QuantileLevel;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings with a field of every kind. */
public record TrialSettings(
        @Nullable String description,
        @Valid Forecast forecast,
        @Valid @Nullable Training training,

        @Size(max = 2) @Nullable Map<@Size(max = 8) String, @Size(max = 8) String> tags,
        @Nullable Boolean verbose) {

    /** A required object with a required field. */
    public record Forecast(
            @NotNull @Positive @Nullable Integer horizon,
            @Size(min = 1) @Nullable List<QuantileLevel> quantiles,
            @Min(1) @Max(1024) @Nullable Integer seasonLength,
            @Nullable Cell cell) {}

    /** An optional object. */
    public record Training(
            @Positive @Nullable Double learningRate,
            @Nullable Long seed,
            @Nullable Duration maxDuration,
            @Valid @Nullable List<Stage> stages) {}

    /** An element that is an object. */
    public record Stage(String name, @Min(1) int epochs) {}

    /** Words with a spelling of their own. */
    public enum Cell {
        @JsonProperty("rnn")
        SIMPLE_RNN,
        @JsonProperty("lstm")
        LSTM
    }
}
