package io.foretide.network;

import static java.util.Objects.requireNonNull;

import io.foretide.series.QuantileLevel;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    private static final List<QuantileLevel> DEFAULT_LEVELS =
            List.of(new QuantileLevel(0.1), QuantileLevel.MEDIAN, new QuantileLevel(0.9));

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

    /** The levels of a forecast, ascending: those asked for, else the trained ones, else some that most can use. */
    public List<QuantileLevel> levels(@Nullable List<QuantileLevel> asked) {
        List<QuantileLevel> levels = asked != null ? asked : quantiles.isEmpty() ? DEFAULT_LEVELS : quantiles;
        return levels.stream().distinct().sorted().toList();
    }

    static void requireSeasonLength(int seasonLength) {
        if (seasonLength < 1 || seasonLength > MOST_SEASON_LENGTH) {
            throw new IllegalArgumentException(
                    "season length must lie in [1, " + MOST_SEASON_LENGTH + "], was " + seasonLength);
        }
    }
}
