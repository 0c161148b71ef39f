package io.foretide.series;

import io.foretide.reading.Doubles;
import io.foretide.reading.Longs;
import io.foretide.reading.Places;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One series as it was sent, before its times are put on their grid. */
final class SeriesDraft {
    final Places places;
    final Map<String, Doubles> past = new LinkedHashMap<>();
    final Map<String, Doubles> future = new LinkedHashMap<>();
    final Map<String, String> fixed = new LinkedHashMap<>();
    final Doubles target = new Doubles();
    String itemId;

    /** Packed {@link SentTime}s, one an observation. */
    @Nullable
    Longs times;

    @Nullable
    SentTime start;

    @Nullable
    Frequency frequency;

    @Nullable
    ZoneId zone;

    SeriesDraft(String itemId, Places places) {
        this.itemId = itemId;
        this.places = places;
    }

    /** Notes the time of an observation and the line that it stands on. */
    void addRow(long line, SentTime time) {
        if (places instanceof Places.Lines lines) {
            lines.add(line);
        }
        if (times == null) {
            times = new Longs();
        }
        times.add(time.pack());
    }

    int columns() {
        return 1 + past.size() + future.size();
    }

    int covariates() {
        return past.size() + future.size() + fixed.size();
    }

    @Nullable
    Frequency frequency(@Nullable Timeline timeline) {
        return timeline == null ? frequency : timeline.frequency();
    }
}
