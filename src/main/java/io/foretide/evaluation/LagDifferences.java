package io.foretide.evaluation;

/** The differences y_t − y_{t−lag} of a sequence, as far as both values are observed. */
final class LagDifferences {
    private final double[] values;
    private final int lag;
    private int count;
    private double sum;
    private double absoluteSum;

    private LagDifferences(double[] values, int lag) {
        this.values = values;
        this.lag = lag;
        for (int t = lag; t < values.length; t++) {
            double difference = values[t] - values[t - lag];
            if (!Double.isNaN(difference)) {
                count++;
                sum += difference;
                absoluteSum += Math.abs(difference);
            }
        }
    }

    static LagDifferences of(double[] values, int lag) {
        return new LagDifferences(values, lag);
    }

    /**
     * The in-sample error of the seasonal-naive forecast, in units of which MASE measures errors: the mean absolute
     * difference at the season length, or at lag 1 where the sequence holds no such difference. NaN where it holds
     * neither.
     */
    static double scale(double[] values, int seasonLength) {
        LagDifferences seasonal = of(values, seasonLength);
        LagDifferences used = seasonal.count > 0 ? seasonal : of(values, 1);
        return used.absoluteSum / used.count;
    }

    /** The standard deviation around the mean difference; 0 where there are fewer than two differences. */
    double standardDeviation() {
        if (count < 2) {
            return 0;
        }
        double mean = sum / count;
        double squares = 0;
        for (int t = lag; t < values.length; t++) {
            double deviation = values[t] - values[t - lag] - mean;
            squares += Double.isNaN(deviation) ? 0 : deviation * deviation;
        }
        return Math.sqrt(squares / count);
    }
}
