package io.foretide.series;

/**
 * How much one request may hold.
 *
 * @param series the most series
 * @param observations the most numbers over all series: targets, covariates, and the skipped steps of both
 * @param covariates the most covariates a series
 * @param itemIdLength the most characters of an item id, a covariate's name or a static value
 */
public record SeriesLimits(int series, long observations, int covariates, int itemIdLength) {}
