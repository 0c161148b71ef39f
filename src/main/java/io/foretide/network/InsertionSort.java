package io.foretide.network;

/**
 * Puts a few numbers in order that nearly are already, as the levels of a forecast: faster than
 * {@link java.util.Arrays#sort(double[])}, whose order it is, NaN last and −0 before 0.
 */
final class InsertionSort {
    private InsertionSort() {}

    static void sort(double[] values) {
        for (int i = 1; i < values.length; i++) {
            double value = values[i];
            int at = i;
            for (; at > 0 && Double.compare(values[at - 1], value) > 0; at--) {
                values[at] = values[at - 1];
            }
            values[at] = value;
        }
    }

    /** Those from {@code from} to before {@code to}. */
    static void sort(float[] values, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            float value = values[i];
            int at = i;
            for (; at > from && Float.compare(values[at - 1], value) > 0; at--) {
                values[at] = values[at - 1];
            }
            values[at] = value;
        }
    }
}
