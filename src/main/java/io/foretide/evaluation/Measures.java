package io.foretide.evaluation;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How good forecasts were. A measure is null where it is undefined, as the relative ones are over zeros. Missing values
 * are left out everywhere.
 *
 * @param observations the values that were scored
 * @param mase mean absolute error of the mean forecast, in units of the in-sample error of the seasonal-naive forecast;
 *     per window, then the mean over those windows where that unit is neither zero nor undefined
 * @param maseOfMedian the same of the median forecast, which is what minimises it
 * @param smape symmetric absolute percentage error of the mean forecast, 0 to 200, 0/0 left out; per window, then the mean
 * @param rmse root of the mean squared error of the mean forecast; per window, then the mean
 * @param rmsePooled the root of the mean over all values at once; at a single step of the horizon the one that is not
 *     merely an absolute error
 * @param wql weighted quantile loss: the mean over the levels 0.1 … 0.9 of 2 · Σ pinball loss / Σ |y|, over all values
 * @param coverage80 the share of values inside the interval from 0.1 to 0.9
 * @param width80 the mean width of that interval relative to the mean of |y|
 * @param coverage95 the share of values inside the interval from 0.025 to 0.975
 * @param width95 the mean width of that interval relative to the mean of |y|
 */
public record Measures(
        int observations,
        @Nullable Double mase,
        @Nullable Double maseOfMedian,
        @Nullable Double smape,
        @Nullable Double rmse,
        @Nullable Double rmsePooled,
        @Nullable Double wql,
        @JsonProperty("coverage_80") @Nullable Double coverage80,
        @JsonProperty("width_80") @Nullable Double width80,
        @JsonProperty("coverage_95") @Nullable Double coverage95,
        @JsonProperty("width_95") @Nullable Double width95) {}
