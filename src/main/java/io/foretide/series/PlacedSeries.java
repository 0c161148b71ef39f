package io.foretide.series;

import org.jspecify.annotations.Nullable;

/** Puts each series on its grid, or says why it cannot be. */
final class PlacedSeries extends SeriesCollector<TimeSeries> {
    private final SeriesAssembler assembler;

    PlacedSeries(SeriesLimits limits) {
        super(limits);
        assembler = new SeriesAssembler(findings(), budget());
    }

    @Override
    @Nullable
    TimeSeries taken(SeriesDraft draft) {
        return assembler.assemble(draft);
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
