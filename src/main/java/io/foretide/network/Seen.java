package io.foretide.network;

import io.foretide.series.TimeSeries;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a training saw of each series: up to when, or how many steps where a series has no times. */
record Seen(Map<String, Span> spans) {
    /** @param until the time of the first step that was not seen */
    record Span(int steps, @Nullable Instant until) {
        Span {
            if (steps < 0) {
                throw new IllegalArgumentException("steps must not be negative, were " + steps);
            }
        }

        /** All of a series that had times in one training and none in the other: where the two meet is not known. */
        private Span and(Span other) {
            if ((until == null) != (other.until == null)) {
                return new Span(Integer.MAX_VALUE, null);
            }
            Instant latest = until == null || until.isAfter(other.until) ? until : other.until;
            return new Span(Math.max(steps, other.steps), latest);
        }
    }

    Seen {
        spans.values().forEach(Objects::requireNonNull);
        spans = new TreeMap<>(spans);
    }

    static Seen of(List<TimeSeries> series, List<Split> splits) {
        Map<String, Span> spans = new TreeMap<>();
        for (int i = 0; i < series.size(); i++) {
            int steps = splits.get(i).validationEnd();
            spans.put(series.get(i).itemId(), new Span(steps, time(series.get(i), steps)));
        }
        return new Seen(spans);
    }

    /** What a training saw together with the one that it continues from. */
    Seen and(Seen earlier) {
        Map<String, Span> together = new TreeMap<>(spans);
        earlier.spans.forEach((itemId, span) -> together.merge(itemId, span, Span::and));
        return new Seen(together);
    }

    boolean hasSeen(TimeSeries series, int step) {
        Span span = spans.get(series.itemId());
        if (span == null) {
            return false;
        }
        Instant time = time(series, step);
        return span.until() == null || time == null ? step < span.steps() : time.isBefore(span.until());
    }

    private static @Nullable Instant time(TimeSeries series, int step) {
        return series.timeline() == null ? null : series.timeline().timeOf(step).toInstant();
    }
}
