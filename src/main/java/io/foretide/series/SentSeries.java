package io.foretide.series;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One series as it was sent: nothing is sure about its times. */
public final class SentSeries {
    private final SeriesDraft draft;
    private final double[] target;

    SentSeries(SeriesDraft draft) {
        this.draft = draft;
        this.target = draft.target.release();
    }

    /** The key of the series, which another may have as well. */
    public String itemId() {
        return draft.itemId;
    }

    /** The spacing that was sent, if any. */
    public @Nullable Frequency frequency() {
        return draft.frequency;
    }

    /** The zone that local times are in. */
    public ZoneId zone() {
        return draft.zone == null ? ZoneOffset.UTC : draft.zone;
    }

    /** The time of the first value, where that was sent in place of all. */
    public @Nullable SentTime start() {
        return draft.start;
    }

    /** The values in the order sent; NaN marks a missing one, an infinity one beyond all bounds. */
    public double[] target() {
        return target;
    }

    /** How many times were sent: one a value, if the client made no mistake. */
    public int times() {
        return draft.times == null ? 0 : draft.times.size();
    }

    /** A time in the order sent, counted from 0. */
    public SentTime time(int index) {
        if (draft.times == null) {
            throw new IllegalStateException("no times were sent");
        }
        return SentTime.unpack(draft.times.get(index));
    }

    /** The covariates that do not cover the target, by name. */
    public List<String> uncovering() {
        int steps = target.length;
        return Stream.concat(
                        draft.past.entrySet().stream()
                                .filter(past -> past.getValue().size() != steps),
                        draft.future.entrySet().stream()
                                .filter(future -> future.getValue().size() < steps))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Where the series stands in the body: a JSON pointer, or a line. */
    public String place() {
        return draft.places.here();
    }

    /** Where a value stands in the body. */
    public String placeOfValue(int index) {
        return draft.places.entry("target", index);
    }

    /** Where a time stands in the body. */
    public String placeOfTime(int index) {
        return draft.places.entry("timestamps", index);
    }
}
