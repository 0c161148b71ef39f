package io.foretide.network;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What training minimises, and so what the head of the network gives out. */
public enum Loss {
    /** Pinball loss at each quantile level; the head gives one number a level and step. */
    @JsonProperty("quantile")
    QUANTILE,
    /** Squared error; the head gives the mean, intervals come from held-out errors. */
    @JsonProperty("squared")
    SQUARED,
    /** Negative log-likelihood of counts; the head gives mean and dispersion. */
    @JsonProperty("negative_binomial")
    NEGATIVE_BINOMIAL;

    /** Whether a series may hold the value: counts are whole and not negative. NaN, a missing one, always may be held. */
    public boolean takes(double value) {
        return switch (this) {
            case QUANTILE, SQUARED -> true;
            case NEGATIVE_BINOMIAL -> Double.isNaN(value) || (value >= 0 && value == Math.rint(value));
        };
    }
}
