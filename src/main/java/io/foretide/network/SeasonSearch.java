package io.foretide.network;

import io.foretide.series.TimeSeries;
import java.util.List;

/**
 * Looks for the length of a season in the values themselves: the lag at which they resemble themselves most, by the mean
 * autocorrelation of the series less their straight lines.
 */
final class SeasonSearch {
    private static final int LONGEST = 400;

    /** Values at the end of a series that are looked at, and how many series are, evenly chosen. */
    private static final int MOST_STEPS = 4_000;

    private static final int MOST_SERIES = 50;

    /** A season shows so much resemblance, and so much more than some shorter lag, below which it would be a mere trend. */
    private static final double LEAST_CORRELATION = 0.3;

    /** A lag that is nearly as good as the best one is the season, and the best one a multiple of it. */
    private static final double NEARLY = 0.85;

    private SeasonSearch() {}

    /** How many steps a season has; 1 where there is none to be seen three times. */
    static int seasonLength(List<TimeSeries> series) {
        int longest = series.stream().mapToInt(TimeSeries::length).max().orElse(0);
        double[] correlations = new double[Math.min(LONGEST, longest / 3) + 2];
        int[] counts = new int[correlations.length];
        int stride = Math.max(1, Math.ceilDiv(series.size(), MOST_SERIES));
        for (int i = 0; i < series.size(); i += stride) {
            add(lessLine(series.get(i).target()), correlations, counts);
        }
        double best = 0;
        for (int lag = 0; lag < correlations.length; lag++) {
            correlations[lag] = counts[lag] == 0 ? 0 : correlations[lag] / counts[lag];
        }
        double least = 1;
        int[] peaks = new int[correlations.length];
        int found = 0;
        for (int lag = 2; lag < correlations.length - 1; lag++) {
            double here = correlations[lag];
            least = Math.min(least, correlations[lag - 1]);
            boolean peak = here > correlations[lag - 1] && here >= correlations[lag + 1];
            if (peak && here > LEAST_CORRELATION && here - least > LEAST_CORRELATION) {
                peaks[found++] = lag;
                best = Math.max(best, here);
            }
        }
        for (int i = 0; i < found; i++) {
            if (correlations[peaks[i]] >= NEARLY * best) {
                return peaks[i];
            }
        }
        return 1;
    }

    /** Adds the autocorrelation at each lag that the values show three times. */
    private static void add(double[] values, double[] correlations, int[] counts) {
        double variance = 0;
        for (double value : values) {
            variance += value * value;
        }
        if (!(variance > 0) || !Double.isFinite(variance)) {
            return;
        }
        for (int lag = 1; lag < correlations.length && 3 * lag <= values.length; lag++) {
            double sum = 0;
            for (int step = lag; step < values.length; step++) {
                sum += values[step] * values[step - lag];
            }
            correlations[lag] += sum / variance;
            counts[lag]++;
        }
    }

    /** The last values less the straight line through them; 0 where one is missing. */
    private static double[] lessLine(double[] target) {
        int from = Math.max(0, target.length - MOST_STEPS);
        double[] values = new double[target.length - from];
        double n = 0, t = 0, tt = 0, y = 0, ty = 0;
        for (int i = 0; i < values.length; i++) {
            double value = target[from + i];
            if (!Double.isNaN(value)) {
                n++;
                t += i;
                tt += (double) i * i;
                y += value;
                ty += i * value;
            }
        }
        double spread = n * tt - t * t;
        double slope = spread == 0 ? 0 : (n * ty - t * y) / spread, start = n == 0 ? 0 : (y - slope * t) / n;
        for (int i = 0; i < values.length; i++) {
            double value = target[from + i];
            values[i] = Double.isNaN(value) ? 0 : value - (start + slope * i);
        }
        return values;
    }
}
