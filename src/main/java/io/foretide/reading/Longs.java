package io.foretide.reading;

import java.util.Arrays;

/** A list of whole numbers that grows without boxing them. */
public final class Longs {
    private long[] values = {};
    private int size;

    public void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.max(16, size + (size >> 1)));
        }
        values[size++] = value;
    }

    public void set(int index, long value) {
        values[index] = value;
    }

    public long get(int index) {
        return values[index];
    }

    public int size() {
        return size;
    }
}
