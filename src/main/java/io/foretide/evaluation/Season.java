package io.foretide.evaluation;

import java.util.Arrays;

/**
 * What repeats in a series: value = level · factor + offset, with a factor and an offset for each position in the season.
 *
 * <p>Found by classical decomposition: the trend is a centred moving average over a season, and the index of a position the
 * mean of value / trend there, or of value − trend.
 *
 * @param factors the factors, 1 on average
 * @param offsets as many offsets, 0 on average
 */
record Season(double[] factors, double[] offsets) {
    /** Nothing repeats. */
    static final Season NONE = new Season(new double[] {1}, new double[] {0});

    /** The normal quantile of a test at 90 %, on both sides. */
    private static final double CRITICAL = 1.6448536269514722;

    /** A value is never divided by less. */
    private static final double LOWEST_FACTOR = 1e-4;

    /**
     * The season of a series: none without two whole ones, or where the autocorrelation at the season length could be
     * chance; factors where all values are positive; otherwise offsets.
     */
    static Season of(Observations past, int seasonLength) {
        double[] filled = past.interpolated();
        if (seasonLength < 2 || filled.length <= 2 * seasonLength || !isSeasonal(filled, seasonLength)) {
            return NONE;
        }
        double[] trend = trend(filled, seasonLength);
        if (Arrays.stream(past.values()).allMatch(value -> value > 0)) {
            double[] factors = indices(past, trend, seasonLength, (value, level) -> value / level, 1);
            double mean = Arrays.stream(factors).average().orElseThrow();
            Arrays.setAll(factors, position -> factors[position] / mean);
            if (Arrays.stream(factors).allMatch(factor -> factor >= LOWEST_FACTOR)) {
                return new Season(factors, new double[seasonLength]);
            }
        }
        double[] offsets = indices(past, trend, seasonLength, (value, level) -> value - level, 0);
        double mean = Arrays.stream(offsets).average().orElseThrow();
        Arrays.setAll(offsets, position -> offsets[position] - mean);
        double[] ones = new double[seasonLength];
        Arrays.fill(ones, 1);
        return new Season(ones, offsets);
    }

    /** Whether |r_m| > z √((1 + 2 Σ_{k<m} r_k²) / n), r_k being the autocorrelation at lag k. */
    private static boolean isSeasonal(double[] values, int seasonLength) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double[] centred = Arrays.stream(values).map(value -> value - mean).toArray();
        double variance = product(centred, 0);
        if (variance == 0) {
            return false;
        }
        double squares = 0;
        for (int lag = 1; lag < seasonLength; lag++) {
            double correlation = product(centred, lag) / variance;
            squares += correlation * correlation;
        }
        double correlation = product(centred, seasonLength) / variance;
        return Math.abs(correlation) > CRITICAL * Math.sqrt((1 + 2 * squares) / values.length);
    }

    private static double product(double[] values, int lag) {
        double sum = 0;
        for (int t = lag; t < values.length; t++) {
            sum += values[t] * values[t - lag];
        }
        return sum;
    }

    /** The mean over the season around each step, its two ends counting half where it is even; NaN near both ends. */
    private static double[] trend(double[] values, int seasonLength) {
        int half = seasonLength / 2;
        double[] trend = new double[values.length];
        Arrays.fill(trend, Double.NaN);
        double sum = 0;
        for (int t = 0; t < values.length; t++) {
            sum += values[t];
            int first = t - 2 * half;
            if (first >= 0) {
                double ends = seasonLength % 2 == 0 ? (values[first] + values[t]) / 2 : 0;
                trend[t - half] = (sum - ends) / seasonLength;
                sum -= values[first];
            }
        }
        return trend;
    }

    /** How a value deviates from the level. */
    @FunctionalInterface
    private interface Deviation {
        double of(double value, double level);
    }

    /** The mean deviation at each position; neutral where nothing is observed. */
    private static double[] indices(
            Observations past, double[] trend, int seasonLength, Deviation deviation, double neutral) {
        double[] indices = new double[seasonLength];
        int[] counts = new int[seasonLength];
        for (int i = 0; i < past.count(); i++) {
            int step = past.steps()[i];
            double index = deviation.of(past.values()[i], trend[step - past.firstStep()]);
            if (!Double.isNaN(index)) {
                indices[step % seasonLength] += index;
                counts[step % seasonLength]++;
            }
        }
        Arrays.setAll(indices, position -> counts[position] == 0 ? neutral : indices[position] / counts[position]);
        return indices;
    }

    /** The values without what repeats. */
    Observations removedFrom(Observations past) {
        double[] adjusted = new double[past.count()];
        for (int i = 0; i < adjusted.length; i++) {
            int position = past.steps()[i] % factors.length;
            adjusted[i] = (past.values()[i] - offsets[position]) / factors[position];
        }
        return new Observations(adjusted, past.steps(), past.length());
    }

    /** The value at a step, of a level there. */
    double value(double level, int step) {
        return level * factors[step % factors.length] + offsets[step % factors.length];
    }

    /** The width at a step, of a width without what repeats. */
    double width(double width, int step) {
        return width * factors[step % factors.length];
    }
}
