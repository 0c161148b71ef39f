package io.foretide.prediction;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of a backtest, beside the series.
 *
 * @param windows the number of origins in each series; 3 where absent, the fewest that tell something of coverage
 * @param stride the steps from one origin to the next; the horizon where absent
 * @param horizon the number of steps to forecast from each origin; the horizon of the model where absent
 * @param seasonLength the lag of MASE's unit, and the season of the simple forecasts; that of the model where absent
 */
record BacktestRequest(
        @Positive @Nullable Integer windows,
        @Positive @Nullable Integer stride,
        @Positive @Nullable Integer horizon,
        @Positive @Max(1024) @Nullable Integer seasonLength) {
    static final int DEFAULT_WINDOWS = 3;
}
