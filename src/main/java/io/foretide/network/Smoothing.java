package io.foretide.network;

import java.util.List;
import java.util.Objects;

/**
 * How the level, the seasonal profile and the scale of a series follow its observations.
 *
 * <p>A bank of exponential smoothers walks side by side: one for each α without a season, and for each length of a season one
 * for each α and γ whose season is added, and one whose season is relative. Each is simple exponential smoothing, in
 * innovations form as in Holt and Winters, of a series less its season or divided by it; e is the error of its forecast of one
 * step, and b its trend, the slope of a straight line through all that it smoothed:
 *
 * <pre>
 *   forecast of step t+h = m + p[t+h]        or m·(1 + p[t+h]) where the season is relative
 *   m = ℓ + θ·b·(h − 1 + (1 − (1 − α)ⁿ)/α)   after n observations, as in the theta method, of which θ is 1/2
 *   ℓ ← ℓ + α·e      p[t] ← p[t] + γ·e       or p[t] + γ·e/ℓ
 *   E ← λ·E + |e|                            how wrong it was of late
 *   s ← s + β·(|ē| − s)                      with ē the error of the anchor
 * </pre>
 *
 * <p>The anchor is the mean of their forecasts, in which each weighs E⁻¹⁶: mostly the best one for the series at hand. One whose
 * season is relative takes part as long as all observations were positive.
 *
 * @param anchoring whether there is an anchor at all; it is 0 otherwise
 * @param scaling whether errors are measured in units of s; in units of the target otherwise
 * @param seasonLengths after how many steps a season repeats, ascending; none, one, or several, as the day and the week
 * @param levelRates the α of the bank
 * @param profileRates the γ of the bank
 * @param trend θ
 * @param relativeScale the scale that a walk begins with, relative to its first observation
 * @param typicalScale the scale of a walk that has seen nothing but zeros
 * @param nonNegative whether no target of the training was negative, so that no forecast is
 */
public record Smoothing(
        Anchoring anchoring,
        Scaling scaling,
        List<Integer> seasonLengths,
        List<Double> levelRates,
        List<Double> profileRates,
        double trend,
        double relativeScale,
        double typicalScale,
        boolean nonNegative) {
    /** More cost more than they gain. */
    private static final int MOST_RATES = 16;

    private static final int MOST_SEASONS = 4;

    /** What the profiles of a state may take. */
    private static final int MOST_PROFILE_NUMBERS = 1 << 16;

    public Smoothing {
        Objects.requireNonNull(anchoring, "anchoring");
        Objects.requireNonNull(scaling, "scaling");
        seasonLengths = seasons(seasonLengths);
        levelRates = rates(levelRates);
        profileRates = rates(profileRates);
        if (2L * levelRates.size() * profileRates.size() * sum(seasonLengths) > MOST_PROFILE_NUMBERS) {
            throw new IllegalArgumentException(
                    "all profiles together must have at most %d numbers".formatted(MOST_PROFILE_NUMBERS));
        }
        if (!(trend >= 0 && trend <= 1)) {
            throw new IllegalArgumentException("trend must lie in [0, 1], was " + trend);
        }
        if (!(relativeScale >= 0 && typicalScale > 0 && Double.isFinite(relativeScale + typicalScale))) {
            throw new IllegalArgumentException("scales must be positive and finite");
        }
    }

    private static long sum(List<Integer> lengths) {
        return lengths.stream().mapToLong(length -> length).sum();
    }

    private static List<Integer> seasons(List<Integer> lengths) {
        if (lengths.size() > MOST_SEASONS) {
            throw new IllegalArgumentException(
                    "there must be at most %d seasons, were %d".formatted(MOST_SEASONS, lengths.size()));
        }
        int before = 1;
        for (int length : lengths) {
            ForecastSettings.requireSeasonLength(length);
            if (length <= before) {
                throw new IllegalArgumentException("lengths of seasons must ascend from 2, one was " + length);
            }
            before = length;
        }
        return List.copyOf(lengths);
    }

    private static List<Double> rates(List<Double> rates) {
        if (rates.isEmpty() || rates.size() > MOST_RATES) {
            throw new IllegalArgumentException(
                    "there must be 1 to %d rates, were %d".formatted(MOST_RATES, rates.size()));
        }
        for (double rate : rates) {
            if (!(rate > 0 && rate <= 1)) {
                throw new IllegalArgumentException("rates must lie in (0, 1], one was " + rate);
            }
        }
        return List.copyOf(rates);
    }

    /** The length of the shortest season; 1 where there is none. */
    int seasonLength() {
        return seasonLengths.isEmpty() ? 1 : seasonLengths.getFirst();
    }

    /** The length of the longest season; 1 where there is none. */
    int longestSeason() {
        return seasonLengths.isEmpty() ? 1 : seasonLengths.getLast();
    }

    Smoothing withScales(double relativeScale, double typicalScale) {
        return new Smoothing(
                anchoring,
                scaling,
                seasonLengths,
                levelRates,
                profileRates,
                trend,
                relativeScale,
                typicalScale,
                nonNegative);
    }

    /** β: errors are averaged over about four seasons, and at least over 32 steps. */
    double scaleRate() {
        return 1.0 / Math.max(32, 4 * seasonLength());
    }
}
