package io.foretide.series;

/** Reads and refuses what {@link SeriesReader} does, and keeps what it read, to tell what was made of it. */
public final class TracedSeriesReader extends BodyReader<TracedSeries> {
    private final SeriesLimits limits;

    /** A reader that refuses bodies beyond the limits. */
    public TracedSeriesReader(SeriesLimits limits) {
        this.limits = limits;
    }

    @Override
    SeriesCollector<TracedSeries> collector() {
        return new PlacedSeries<>(limits, (draft, series) -> new TracedSeries(new SentSeries(draft), series));
    }
}
