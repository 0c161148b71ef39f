package io.foretide.audit;

import io.foretide.series.Frequency;
import io.foretide.series.SentSeries;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The values of a series in the order of time, as far as they have a place in it.
 *
 * @param frequency what was sent, or else found
 * @param start the earliest time
 * @param end the latest time
 * @param order the number of each value in the order sent; null where nothing had to be moved or left out
 * @param steps the step of each value, from 0; null where each value is one step after the other
 */
record Placed(
        SentSeries series,
        @Nullable Frequency frequency,
        @Nullable ZonedDateTime start,
        @Nullable ZonedDateTime end,
        int @Nullable [] order,
        long @Nullable [] steps) {
    /** Nothing but values, one a step. */
    static Placed withoutTimes(SentSeries series) {
        return new Placed(series, series.frequency(), null, null, null, null);
    }

    int size() {
        return order == null ? series.target().length : order.length;
    }

    int index(int position) {
        return order == null ? position : order[position];
    }

    long step(int position) {
        return steps == null ? position : steps[position];
    }

    double value(int position) {
        return series.target()[index(position)];
    }

    /** How many steps there are, skipped ones included. */
    long length() {
        return size() == 0 ? 0 : step(size() - 1) + 1;
    }

    /** Where a value stands. */
    FoundPlace place(int position, @Nullable String note) {
        int index = index(position);
        return new FoundPlace(series.placeOfValue(index), index, time(position), note);
    }

    private @Nullable String time(int position) {
        if (index(position) < series.times()) {
            return series.time(index(position)).label();
        }
        var sent = series.start();
        return start == null || frequency == null || sent == null
                ? null
                : sent.style().format(frequency.plus(start, step(position)));
    }
}
