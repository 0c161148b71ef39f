package io.foretide.series;

import java.util.Arrays;

/** A list of whole numbers that grows without boxing them. */
final class Longs {
    private long[] values = {};
    private int size;

    void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.max(16, size + (size >> 1)));
        }
        values[size++] = value;
    }

    void set(int index, long value) {
        values[index] = value;
    }

    long get(int index) {
        return values[index];
    }

    int size() {
        return size;
    }
}
