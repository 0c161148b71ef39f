package io.foretide.network;

import io.foretide.series.QuantileLevel;
import java.util.List;

/**
 * What the forecasts of a model are.
 *
 * @param horizon the number of future steps that the head gives at once
 * @param context the length of a training window before its last origin
 * @param quantiles the levels that are trained, ascending; empty for losses that have no use for them
 * @param seasonLength after how many steps the pattern repeats; 1 for none
 */
public record ForecastSettings(
        int horizon,
        int context,
        List<QuantileLevel> quantiles,
        int seasonLength,
        Loss loss,
        Scaling scaling,
        Anchoring anchor) {}
