package io.foretide.http;

import io.foretide.series.TimeSeries;
import java.util.List;

/** A request about series: the series, and everything else bound to a record. */
public record SeriesRequest<T>(List<TimeSeries> series, T settings) {
    public SeriesRequest {
        series = List.copyOf(series);
    }
}
