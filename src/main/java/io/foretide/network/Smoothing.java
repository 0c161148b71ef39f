package io.foretide.network;

import java.util.List;
import java.util.Objects;

/**
 * How the level, the seasonal profile and the scale of a series follow its observations.
 *
 * <p>A bank of exponential smoothers walks side by side, one for each of the rates. Each is simple exponential smoothing, in
 * innovations form as in Holt and Winters, of a series less its season or divided by it; e is the error of its forecast of one
 * step, and b its trend, the slope of a straight line through all that it smoothed:
 *
 * <pre>
 *   forecast of step t+h = m + p[t+h]        or m·(1 + p[t+h]) where the season is multiplicative
 *   m = ℓ + θ·b·(h − 1 + (1 − (1 − α)ⁿ)/α)   after n observations, as in the theta method, of which θ is 1/2
 *   ℓ ← ℓ + α·e      p[t] ← p[t] + γ·e       or p[t] + γ·e/ℓ
 *   E ← λ·E + |e|                            how wrong it was of late
 *   s ← s + β·(|ē| − s)                      with ē the error of the anchor
 * </pre>
 *
 * <p>The anchor is the mean of their forecasts, in which each weighs E⁻¹⁶: mostly the best one for the series at hand.
 *
 * @param anchoring whether there is an anchor at all; it is 0 otherwise
 * @param scaling whether errors are measured in units of s; in units of the target otherwise
 * @param seasonLength the length of the profile; 1 for none
 * @param multiplicative whether some of the smoothers have a profile that is relative to the level
 * @param levelRates the α of the bank
 * @param profileRates the γ of the bank; there are smoothers without a profile as well
 * @param trend θ
 * @param memory λ
 * @param relativeScale the scale that a walk begins with, relative to its first observation
 * @param typicalScale the scale of a walk that has seen nothing but zeros
 * @param nonNegative whether no target of the training was negative, so that no forecast is
 */
public record Smoothing(
        Anchoring anchoring,
        Scaling scaling,
        int seasonLength,
        boolean multiplicative,
        List<Double> levelRates,
        List<Double> profileRates,
        double trend,
        double memory,
        double relativeScale,
        double typicalScale,
        boolean nonNegative) {
    /** More cost more than they gain. */
    private static final int MOST_RATES = 16;

    public Smoothing {
        Objects.requireNonNull(anchoring, "anchoring");
        Objects.requireNonNull(scaling, "scaling");
        ForecastSettings.requireSeasonLength(seasonLength);
        levelRates = rates(levelRates);
        profileRates = rates(profileRates);
        if (!(trend >= 0 && trend <= 1 && memory > 0 && memory <= 1)) {
            throw new IllegalArgumentException(
                    "trend must lie in [0, 1] and memory in (0, 1], were " + trend + " and " + memory);
        }
        if (!(relativeScale >= 0 && typicalScale > 0 && Double.isFinite(relativeScale + typicalScale))) {
            throw new IllegalArgumentException("scales must be positive and finite");
        }
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

    Smoothing withScales(double relativeScale, double typicalScale) {
        return new Smoothing(
                anchoring,
                scaling,
                seasonLength,
                multiplicative,
                levelRates,
                profileRates,
                trend,
                memory,
                relativeScale,
                typicalScale,
                nonNegative);
    }

    /** β: errors are averaged over about four seasons, and at least over 32 steps. */
    double scaleRate() {
        return 1.0 / Math.max(32, 4 * seasonLength);
    }
}
