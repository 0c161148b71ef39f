package io.foretide.reading;

import java.util.Arrays;

/** A list of numbers that grows without boxing them. */
public final class Doubles {
    private double[] values = {};
    private int size;

    public void add(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.max(16, size + (size >> 1)));
        }
        values[size++] = value;
    }

    public int size() {
        return size;
    }

    public double get(int index) {
        return values[index];
    }

    /** The numbers; nothing must be added afterwards, so that they need not be copied. */
    public double[] release() {
        if (values.length != size) {
            values = Arrays.copyOf(values, size);
        }
        return values;
    }
}
