package io.foretide.series;

import java.util.List;

/**
 * A forecast distribution over the next steps of one series, in the units of its target.
 *
 * @param mean the mean of the distribution, one number a step
 * @param levels the quantile levels, ascending
 * @param quantiles the value at each level and step: {@code quantiles[level][step]}, never crossing
 */
public record Forecast(double[] mean, List<QuantileLevel> levels, double[][] quantiles) {
    public Forecast {
        levels = List.copyOf(levels);
        if (quantiles.length != levels.size()) {
            throw new IllegalArgumentException(quantiles.length + " quantile rows for " + levels.size() + " levels");
        }
        for (double[] row : quantiles) {
            if (row.length != mean.length) {
                throw new IllegalArgumentException(row.length + " quantiles for a horizon of " + mean.length);
            }
        }
    }

    /** How many steps are forecast. */
    public int horizon() {
        return mean.length;
    }

    /** The values at one level, a number a step. */
    public double[] at(QuantileLevel level) {
        int index = levels.indexOf(level);
        if (index < 0) {
            throw new IllegalArgumentException("forecast has levels " + levels + ", not " + level);
        }
        return quantiles[index];
    }
}
