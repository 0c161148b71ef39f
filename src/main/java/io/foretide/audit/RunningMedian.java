package io.foretide.audit;

import java.util.Arrays;

/** The median of each value and its neighbours, kept by a sorted window that slides. */
final class RunningMedian {
    private RunningMedian() {}

    /**
     * The medians of 2·half + 1 values around each; 0 for the first and the last, which have too few neighbours.
     *
     * @param half fewer than half of the values
     */
    static double[] of(double[] values, int half) {
        int width = 2 * half + 1;
        double[] window = Arrays.copyOf(values, width);
        Arrays.sort(window);
        double[] medians = new double[values.length];
        for (int k = half; k + half < values.length; k++) {
            medians[k] = window[half];
            if (k + half + 1 < values.length) {
                replace(window, values[k - half], values[k + half + 1]);
            }
        }
        return medians;
    }

    private static void replace(double[] window, double leaving, double coming) {
        int from = Arrays.binarySearch(window, leaving);
        int to = Arrays.binarySearch(window, coming);
        if (to < 0) {
            to = -to - 1;
        }
        if (to > from) {
            to--;
            System.arraycopy(window, from + 1, window, from, to - from);
        } else {
            System.arraycopy(window, to, window, to + 1, from - to);
        }
        window[to] = coming;
    }
}
