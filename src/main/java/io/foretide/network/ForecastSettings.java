package io.foretide.network;

import static java.util.Objects.requireNonNull;

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
        Anchoring anchor) {
    /** Each walk keeps three numbers for each step of a season. */
    static final int MOST_SEASON_LENGTH = 1024;

    public ForecastSettings {
        requireNonNull(loss, "loss");
        requireNonNull(scaling, "scaling");
        requireNonNull(anchor, "anchor");
        quantiles = List.copyOf(quantiles);
        if (horizon < 1 || context < 1) {
            throw new IllegalArgumentException(
                    "horizon and context must be positive, were " + horizon + " and " + context);
        }
        requireSeasonLength(seasonLength);
        for (int i = 1; i < quantiles.size(); i++) {
            if (quantiles.get(i - 1).compareTo(quantiles.get(i)) >= 0) {
                throw new IllegalArgumentException("quantile levels must ascend, were " + quantiles);
            }
        }
    }

    static void requireSeasonLength(int seasonLength) {
        if (seasonLength < 1 || seasonLength > MOST_SEASON_LENGTH) {
            throw new IllegalArgumentException(
                    "season length must lie in [1, " + MOST_SEASON_LENGTH + "], was " + seasonLength);
        }
    }
}
