package io.foretide.series;

/** Reads series whose every step has its place in time; all else is refused. */
public final class SeriesReader extends BodyReader<TimeSeries> {
    private final SeriesLimits limits;

    /** A reader that refuses bodies beyond the limits. */
    public SeriesReader(SeriesLimits limits) {
        this.limits = limits;
    }

    @Override
    SeriesCollector<TimeSeries> collector() {
        return new PlacedSeries<>(limits, (_, series) -> series);
    }
}
