package io.foretide.http;

import java.util.List;

/**
 * A request about series: the series, and everything else bound to a record.
 *
 * @param <S> what each series is read as
 */
public record SeriesRequest<S, T>(List<S> series, T settings) {
    public SeriesRequest {
        series = List.copyOf(series);
    }
}
