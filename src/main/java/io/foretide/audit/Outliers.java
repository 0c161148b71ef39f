package io.foretide.audit;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Values that are far from what their neighbours and their season let expect.
 *
 * <pre>
 *   r(t) = x(t) − level(t)                level: the running median of a season, or of 11 values where there is none;
 *                                         at both ends, its straight continuation
 *   e(t) = r(t) − median of r at t's place in the season
 *   x(t) is an outlier  ⇔  |e(t)| &gt; 8 · max(1.4826 · median |e|, 0.001 · median |x − median x|)
 * </pre>
 *
 * All are medians, which one wrong value in many does not move. 1.4826 makes of the median distance the standard
 * deviation that it would be if values were normal. The second scale is for series without any noise. A series of which
 * more than half is one value, as demand that is mostly zero, has no scale, and nothing in it is called an outlier; nor
 * is it told from fewer than 12 values. A long series is looked at stretch by stretch, each with a scale of its own, as
 * scales change over the years; so it takes little memory, and time in proportion to values × window.
 */
final class Outliers {
    private static final double FAR = 8;
    private static final double NORMAL = 1.4826;
    private static final double LEAST_PART_OF_SPREAD = 1e-3;
    private static final int FEWEST = 12;
    private static final int HALF_WINDOW = 5;

    /** The fewest values of a stretch, where there is more than one: seasons enough of any length. */
    private static final int STRETCH = 10_000;

    private final Placed placed;
    private final int season;

    Outliers(Placed placed, int season) {
        this.placed = placed;
        this.season = season;
    }

    void log(SeriesLog log) {
        int count =
                (int) IntStream.range(0, placed.size()).filter(this::isObserved).count();
        int stretches = Math.max(1, count / STRETCH);
        Places outliers = new Places();
        int position = 0;
        for (int k = 0; k < stretches && count >= FEWEST; k++) {
            int[] positions = new int[count / stretches + (k < count % stretches ? 1 : 0)];
            position = fill(positions, position);
            find(positions, outliers);
        }
        log.taken(
                FindingKind.OUTLIERS,
                outliers,
                "Values are far from what their neighbours" + (isSeasonal(count) ? " and their season" : "")
                        + " let expect.");
    }

    private boolean isObserved(int position) {
        return Double.isFinite(placed.value(position));
    }

    /** Finds the next observed values; returns where those after them begin. */
    private int fill(int[] positions, int from) {
        int next = from;
        for (int k = 0; k < positions.length; next++) {
            if (isObserved(next)) {
                positions[k++] = next;
            }
        }
        return next;
    }

    private boolean isSeasonal(int count) {
        return season > 1 && count >= 3 * season;
    }

    private void find(int[] positions, Places outliers) {
        int count = positions.length;
        double[] values = new double[count];
        Arrays.setAll(values, k -> placed.value(positions[k]));
        double[] errors = subtractLevel(values);
        if (isSeasonal(count)) {
            subtractProfile(errors, positions);
        }
        double scale = Math.max(
                NORMAL * medianDistance(errors, 0),
                LEAST_PART_OF_SPREAD * medianDistance(values, median(values.clone())));
        if (scale == 0) {
            return;
        }
        for (int k = 0; k < count; k++) {
            double value = values[k];
            double error = errors[k];
            int position = positions[k];
            if (Math.abs(error) > FAR * scale) {
                outliers.add(() -> placed.place(
                        position, String.format(Locale.ROOT, "%.6g where %.6g is expected", value, value - error)));
            }
        }
    }

    private double[] subtractLevel(double[] values) {
        int half = Math.min(isSeasonal(values.length) ? season / 2 : HALF_WINDOW, (values.length - 1) / 4);
        double[] level = RunningMedian.of(values, half);
        int last = values.length - 1;
        double slopeAtStart = (level[2 * half] - level[half]) / Math.max(1, half);
        double slopeAtEnd = (level[last - half] - level[last - 2 * half]) / Math.max(1, half);
        for (int k = 0; k < half; k++) {
            level[k] = level[half] - (half - k) * slopeAtStart;
            level[last - k] = level[last - half] + (half - k) * slopeAtEnd;
        }
        double[] errors = new double[values.length];
        Arrays.setAll(errors, k -> values[k] - level[k]);
        return errors;
    }

    private void subtractProfile(double[] errors, int[] positions) {
        int[] places = new int[errors.length];
        int[] sizes = new int[season];
        for (int k = 0; k < errors.length; k++) {
            places[k] = (int) (placed.step(positions[k]) % season);
            sizes[places[k]]++;
        }
        double[][] groups = new double[season][];
        Arrays.setAll(groups, place -> new double[sizes[place]]);
        for (int k = 0; k < errors.length; k++) {
            groups[places[k]][--sizes[places[k]]] = errors[k];
        }
        double[] profile = new double[season];
        Arrays.setAll(profile, place -> groups[place].length == 0 ? 0 : median(groups[place]));
        for (int k = 0; k < errors.length; k++) {
            errors[k] -= profile[places[k]];
        }
    }

    private static double medianDistance(double[] values, double centre) {
        return median(
                Arrays.stream(values).map(value -> Math.abs(value - centre)).toArray());
    }

    /** Sorts the values. */
    private static double median(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : 0.5 * (values[middle - 1] + values[middle]);
    }
}
