package io.foretide.series;

/**
 * A series, and what it was made of.
 *
 * @param sent as it stood in the body
 * @param series with a place in time for every step
 */
public record TracedSeries(SentSeries sent, TimeSeries series) {}
