package io.foretide.series;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.IntToLongFunction;

/** Instants as times in a zone, each made when it is asked for: a series may have millions. */
public final class ZonedTimes extends AbstractList<ZonedDateTime> implements RandomAccess {
    private final int size;
    private final IntToLongFunction instants;
    private final ZoneId zone;

    /** @param instants in milliseconds, by their number */
    public ZonedTimes(int size, IntToLongFunction instants, ZoneId zone) {
        this.size = size;
        this.instants = instants;
        this.zone = zone;
    }

    @Override
    public ZonedDateTime get(int index) {
        Objects.checkIndex(index, size);
        return Instant.ofEpochMilli(instants.applyAsLong(index)).atZone(zone);
    }

    @Override
    public int size() {
        return size;
    }
}
