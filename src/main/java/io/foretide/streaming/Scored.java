package io.foretide.streaming;

/**
 * An observation against what had been forecast for it one step before.
 *
 * @param expected the mean of that forecast
 * @param error the observation minus what was expected
 * @param percentile where the observation lay in the forecast distribution, in (0, 1)
 * @param anomaly whether it lay outside the central 99 %
 * @param coverage the share of the session's observations so far that lay inside the central 80 %
 */
record Scored(double expected, double error, double percentile, boolean anomaly, double coverage) {}
