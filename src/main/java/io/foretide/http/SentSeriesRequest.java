package io.foretide.http;

import io.foretide.series.SentSeries;
import java.util.List;

/** A request about series as they are: the series, and everything else bound to a record. */
public record SentSeriesRequest<T>(List<SentSeries> series, T settings) {
    public SentSeriesRequest {
        series = List.copyOf(series);
    }
}
