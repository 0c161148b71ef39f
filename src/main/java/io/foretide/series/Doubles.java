package io.foretide.series;

import java.util.Arrays;

/** A list of numbers that grows without boxing them. */
final class Doubles {
    private double[] values = {};
    private int size;

    void add(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.max(16, size + (size >> 1)));
        }
        values[size++] = value;
    }

    int size() {
        return size;
    }

    double get(int index) {
        return values[index];
    }

    /** The numbers; nothing must be added afterwards, so that they need not be copied. */
    double[] release() {
        if (values.length != size) {
            values = Arrays.copyOf(values, size);
        }
        return values;
    }
}
