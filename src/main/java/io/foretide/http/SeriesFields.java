package io.foretide.http;

import io.foretide.series.SentSeries;
import io.foretide.series.SentSeriesReader;
import io.foretide.series.SeriesLimits;
import io.foretide.series.SeriesReader;
import io.foretide.series.TimeSeries;
import io.foretide.series.TracedSeries;
import io.foretide.series.TracedSeriesReader;
import java.util.List;
import org.springframework.stereotype.Component;

/** Series in requests, each within the limits of the service. */
@Component
public final class SeriesFields {
    private final SeriesLimits limits;

    SeriesFields(SeriesLimits limits) {
        this.limits = limits;
    }

    /** Series that stand at the pointer, each on its grid. */
    public DataField<List<TimeSeries>> placed(String pointer) {
        return new DataField<>(pointer, new SeriesReader(limits).data());
    }

    /** The same, with what was sent, to tell what was made of it. */
    public DataField<List<TracedSeries>> traced(String pointer) {
        return new DataField<>(pointer, new TracedSeriesReader(limits).data());
    }

    /** Series that cannot be trained on as well, as long as they are series. */
    public DataField<List<SentSeries>> sent(String pointer) {
        return new DataField<>(pointer, new SentSeriesReader(limits).data());
    }
}
