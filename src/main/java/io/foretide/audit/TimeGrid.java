package io.foretide.audit;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

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

    ZonedDateTime time(int position, ZoneId zone) {
        return Instant.ofEpochMilli(instants[position]).atZone(zone);
    }

    /** The times, each made when it is asked for. */
    List<ZonedDateTime> in(ZoneId zone) {
        return new Times(this, zone);
    }

    private static final class Times extends AbstractList<ZonedDateTime> implements RandomAccess {
        private final TimeGrid grid;
        private final ZoneId zone;

        Times(TimeGrid grid, ZoneId zone) {
            this.grid = grid;
            this.zone = zone;
        }

        @Override
        public ZonedDateTime get(int index) {
            return grid.time(index, zone);
        }

        @Override
        public int size() {
            return grid.size();
        }
    }
}
