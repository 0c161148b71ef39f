package io.foretide.streaming;

import io.foretide.generation.SamplingOptions;
import java.util.Arrays;

/** One observation that a session walked, as it is kept: enough to walk it again. */
sealed interface Step {
    /** So much work takes a few milliseconds when a session is resumed. */
    long MOST_WORK = 4096;

    /** The client's count of observations, from 1; those of the series that the session was opened with end at 0. */
    long seq();

    /** About how many steps a network makes to walk it again. */
    long work();

    /** About how many bytes it takes in memory. */
    long bytes();

    /**
     * A value of a series.
     *
     * @param skipped how many steps without observation were walked before it
     * @param value the target; NaN where it is missing
     * @param covariates the numbers that came with it, in the order of the features of the session's version: past ones of this
     *     step, then future ones of the step after it; NaN where missing, empty where none came. Never changed by anyone
     */
    record Value(long seq, int skipped, double value, double[] covariates) implements Step {
        private static final double[] NONE = {};

        public Value {
            if (skipped < 0) {
                throw new IllegalArgumentException("skipped counts from 0, was " + skipped);
            }
            if (Double.isInfinite(value)) {
                throw new IllegalArgumentException("value must be finite, or NaN where it is missing");
            }
        }

        /** The step right after the one before, with nothing beside its value. */
        public Value(long seq, double value) {
            this(seq, 0, value, NONE);
        }

        @Override
        public long work() {
            return 1L + skipped;
        }

        @Override
        public long bytes() {
            return 64 + (long) Double.BYTES * covariates.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Value(long itsSeq, int itsSkipped, double itsValue, double[] itsCovariates)
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
            return "Value[" + seq + ", " + skipped + ", " + value + ", " + Arrays.toString(covariates) + "]";
        }
    }

    /**
     * A step of a sequence of values.
     *
     * @param values a number a channel; NaN where it is missing. Never changed by anyone
     */
    record Channels(long seq, double[] values) implements Step {
        public Channels {
            if (Arrays.stream(values).anyMatch(Double::isInfinite)) {
                throw new IllegalArgumentException("values must be finite, or NaN where they are missing");
            }
        }

        @Override
        public long work() {
            return 1;
        }

        @Override
        public long bytes() {
            return 64 + (long) Double.BYTES * values.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Channels(long itsSeq, double[] itsValues)
                    && seq == itsSeq
                    && Arrays.equals(values, itsValues);
        }

        @Override
        public int hashCode() {
            return Long.hashCode(seq) * 31 + Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return "Channels[" + seq + ", " + Arrays.toString(values) + "]";
        }
    }

    /** A piece of a text, cut anywhere: it may begin or end with half of a surrogate pair. */
    record Text(long seq, String text) implements Step {
        @Override
        public long work() {
            return 1 + text.length();
        }

        @Override
        public long bytes() {
            return 64 + (long) Character.BYTES * text.length();
        }
    }

    /**
     * A text that was generated, and is part of what was walked from then on.
     *
     * @param tokens how many were generated
     * @param drawing how they were chosen, by which they are chosen again
     * @param text all that was generated, for another version, which would say something else
     */
    record Continuation(long seq, int tokens, Drawing drawing, String text) implements Step {
        public Continuation {
            if (tokens < 0 || tokens > SamplingOptions.MOST_TOKENS) {
                throw new IllegalArgumentException("a continuation of " + tokens + " tokens");
            }
        }

        @Override
        public long work() {
            return 1L + tokens;
        }

        @Override
        public long bytes() {
            return 128 + (long) Character.BYTES * text.length();
        }
    }

    /**
     * A step with the state after it, from which walking goes on: so what has taken long is not done again.
     *
     * @param state of the version that walked it. Never changed by anyone
     */
    record Milestone(Step step, byte[] state) implements Step {
        public Milestone {
            if (step instanceof Milestone) {
                throw new IllegalArgumentException("a milestone is no step of another one");
            }
        }

        @Override
        public long seq() {
            return step.seq();
        }

        @Override
        public long work() {
            return step.work();
        }

        @Override
        public long bytes() {
            return step.bytes() + state.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Milestone(Step itsStep, byte[] itsState)
                    && step.equals(itsStep)
                    && Arrays.equals(state, itsState);
        }

        @Override
        public int hashCode() {
            return step.hashCode();
        }

        @Override
        public String toString() {
            return "Milestone[" + step + ", " + state.length + " bytes]";
        }
    }
}
