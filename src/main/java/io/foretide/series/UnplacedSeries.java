package io.foretide.series;

/** Takes series as they were sent. */
final class UnplacedSeries extends SeriesCollector<SentSeries> {
    UnplacedSeries(SeriesLimits limits) {
        super(limits);
    }

    @Override
    SentSeries taken(SeriesDraft draft) {
        return new SentSeries(draft);
    }

    @Override
    boolean admitsAgain(String itemId, String place) {
        return true;
    }

    @Override
    double tooLarge(String place, String detail) {
        return Double.POSITIVE_INFINITY;
    }
}
