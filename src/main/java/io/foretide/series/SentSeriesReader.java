package io.foretide.series;

/**
 * Reads series as they were sent, for telling all that is odd about them: times in any order or on no grid, numbers
 * beyond all bounds and ids that come twice are taken. What is no series at all is refused.
 */
public final class SentSeriesReader extends BodyReader<SentSeries> {
    private final SeriesLimits limits;

    /** A reader that refuses bodies beyond the limits. */
    public SentSeriesReader(SeriesLimits limits) {
        this.limits = limits;
    }

    @Override
    SeriesCollector<SentSeries> collector() {
        return new UnplacedSeries(limits);
    }
}
