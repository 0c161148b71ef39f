package io.foretide.streaming;

import java.util.Arrays;

/**
 * One observation that a session walked, as it is kept: enough to walk it again.
 *
 * @param seq the client's count of observations, from 1; those of the series that the session was opened with end at 0
 * @param skipped how many steps without observation were walked before it
 * @param value the target; NaN where it is missing
 * @param covariates the numbers that came with it, in the order of the features of the session's version: past ones of this
 *     step, then future ones of the step after it; NaN where missing, empty where none came. Never changed by anyone
 */
record Step(long seq, int skipped, double value, double[] covariates) {
    private static final double[] NONE = {};

    Step {
        if (skipped < 0) {
            throw new IllegalArgumentException("skipped counts from 0, was " + skipped);
        }
        if (Double.isInfinite(value)) {
            throw new IllegalArgumentException("value must be finite, or NaN where it is missing");
        }
    }

    /** The step right after the one before, with nothing beside its value. */
    Step(long seq, double value) {
        this(seq, 0, value, NONE);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Step(long itsSeq, int itsSkipped, double itsValue, double[] itsCovariates)
                && seq == itsSeq
                && skipped == itsSkipped
                && Double.compare(value, itsValue) == 0
                && Arrays.equals(covariates, itsCovariates);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(seq) * 31 + Double.hashCode(value);
    }

    @Override
    public String toString() {
        return "Step[" + seq + ", " + skipped + ", " + value + ", " + Arrays.toString(covariates) + "]";
    }
}
