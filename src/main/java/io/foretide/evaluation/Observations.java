package io.foretide.evaluation;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The values of a sequence that are not missing, and when they were; at least one.
 *
 * @param values the values
 * @param steps the step of each in the sequence, counted from 0, ascending
 * @param length how many steps the sequence has, missing ones included
 */
record Observations(double[] values, int[] steps, int length) {
    static Observations of(double[] sequence) {
        int[] steps = IntStream.range(0, sequence.length)
                .filter(step -> !Double.isNaN(sequence[step]))
                .toArray();
        if (steps.length == 0) {
            throw new IllegalArgumentException("at least one value must be observed");
        }
        double[] values =
                Arrays.stream(steps).mapToDouble(step -> sequence[step]).toArray();
        return new Observations(values, steps, sequence.length);
    }

    int count() {
        return values.length;
    }

    int firstStep() {
        return steps[0];
    }

    int lastStep() {
        return steps[steps.length - 1];
    }

    /** How many steps a step of the future, counted from 0, lies after the last observation. */
    int ahead(int future) {
        return length - lastStep() + future;
    }

    /** The slope of the straight line through the first and the last value; 0 where they are one. */
    double slopeOfEnds() {
        return (values[values.length - 1] - values[0]) / Math.max(1, lastStep() - firstStep());
    }

    /** The slope of the straight line that lies nearest, by least squares; 0 through a single value. */
    double slopeOfRegression() {
        double meanStep = Arrays.stream(steps).average().orElseThrow();
        double meanValue = Arrays.stream(values).average().orElseThrow();
        double covariance = 0;
        double variance = 0;
        for (int i = 0; i < values.length; i++) {
            covariance += (steps[i] - meanStep) * (values[i] - meanValue);
            variance += (steps[i] - meanStep) * (steps[i] - meanStep);
        }
        return variance == 0 ? 0 : covariance / variance;
    }

    /** All steps from the first observation to the last, the missing ones on straight lines between their neighbours. */
    double[] interpolated() {
        double[] filled = new double[lastStep() - firstStep() + 1];
        filled[0] = values[0];
        for (int i = 1; i < values.length; i++) {
            int gap = steps[i] - steps[i - 1];
            for (int k = 1; k <= gap; k++) {
                filled[steps[i - 1] - firstStep() + k] =
                        k == gap ? values[i] : values[i - 1] + (values[i] - values[i - 1]) * k / gap;
            }
        }
        return filled;
    }
}
