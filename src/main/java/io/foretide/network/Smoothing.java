package io.foretide.network;

import java.util.Objects;

/**
 * How the level, the seasonal profile and the scale of a series follow its observations.
 *
 * <p>Exponential smoothing in innovations form, as in Holt and Winters, with e the error of the one-step anchor:
 *
 * <pre>
 *   anchor of step t+h = ℓ + p[t+h]          or ℓ·(1 + p[t+h]) where the season is multiplicative
 *   ℓ ← ℓ + α·e      p[t] ← p[t] + γ·e       or p[t] + γ·e/ℓ
 *   s ← s + β·(|e| − s)
 * </pre>
 *
 * @param anchoring whether there is an anchor at all; it is 0 otherwise
 * @param scaling whether errors are measured in units of s; in units of the target otherwise
 * @param seasonLength the length of the profile; 1 for none
 * @param multiplicative whether the profile is relative to the level
 * @param levelRate α
 * @param profileRate γ
 * @param relativeScale the scale that a walk begins with, relative to its first observation
 * @param typicalScale the scale of a walk that has seen nothing but zeros
 * @param nonNegative whether no target of the training was negative, so that no forecast is
 */
public record Smoothing(
        Anchoring anchoring,
        Scaling scaling,
        int seasonLength,
        boolean multiplicative,
        double levelRate,
        double profileRate,
        double relativeScale,
        double typicalScale,
        boolean nonNegative) {
    public Smoothing {
        Objects.requireNonNull(anchoring, "anchoring");
        Objects.requireNonNull(scaling, "scaling");
        ForecastSettings.requireSeasonLength(seasonLength);
        if (!(levelRate > 0 && levelRate <= 1 && profileRate >= 0 && profileRate <= 1)) {
            throw new IllegalArgumentException("rates must lie in (0, 1], were " + levelRate + " and " + profileRate);
        }
        if (!(relativeScale >= 0 && typicalScale > 0 && Double.isFinite(relativeScale + typicalScale))) {
            throw new IllegalArgumentException("scales must be positive and finite");
        }
    }

    Smoothing withScales(double relativeScale, double typicalScale) {
        return new Smoothing(
                anchoring,
                scaling,
                seasonLength,
                multiplicative,
                levelRate,
                profileRate,
                relativeScale,
                typicalScale,
                nonNegative);
    }

    /** β: errors are averaged over about four seasons, and at least over 32 steps. */
    double scaleRate() {
        return 1.0 / Math.max(32, 4 * seasonLength);
    }
}
