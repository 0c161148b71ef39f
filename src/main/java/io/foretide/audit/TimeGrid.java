package io.foretide.audit;

import io.foretide.series.ZonedTimes;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;

/**
 * Ascending times.
 *
 * @param instants in milliseconds
 * @param order the number of each in the order sent
 */
record TimeGrid(long[] instants, int[] order) {
    int size() {
        return order.length;
    }

    TimeGrid first(int count) {
        return count == size() ? this : new TimeGrid(Arrays.copyOf(instants, count), Arrays.copyOf(order, count));
    }

    List<ZonedDateTime> in(ZoneId zone) {
        return new ZonedTimes(size(), k -> instants[k], zone);
    }
}
