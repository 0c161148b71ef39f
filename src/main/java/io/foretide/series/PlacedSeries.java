package io.foretide.series;

import io.foretide.reading.Quoted;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Puts each series on its grid, or says why it cannot be.
 *
 * @param <T> what is kept of it
 */
final class PlacedSeries<T> extends SeriesCollector<T> {
    private final SeriesAssembler assembler;
    private final BiFunction<SeriesDraft, TimeSeries, T> kept;

    PlacedSeries(SeriesLimits limits, BiFunction<SeriesDraft, TimeSeries, T> kept) {
        super(limits);
        this.kept = kept;
        assembler = new SeriesAssembler(findings(), budget());
    }

    @Override
    @Nullable
    T taken(SeriesDraft draft) {
        TimeSeries series = assembler.assemble(draft);
        return series == null ? null : kept.apply(draft, series);
    }

    @Override
    boolean admitsAgain(String itemId, String place) {
        findings().impossible(place, "Another series has the item_id " + Quoted.of(itemId) + " already.");
        return false;
    }

    @Override
    double tooLarge(String place, String detail) {
        findings().impossible(place, detail);
        return Double.NaN;
    }
}
