package io.foretide.series;

/** A series and the forecast of the steps that follow it. */
public record SeriesForecast(TimeSeries series, Forecast forecast) {}
