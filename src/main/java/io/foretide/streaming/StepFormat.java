package io.foretide.streaming;

import io.foretide.streaming.ByteSource.UnreadableException;

/**
 * The bytes of a step: what is there, its count less the one before, the skipped steps, the value as short as it goes without
 * losing a bit, the covariates.
 */
final class StepFormat {
    /** What is there, a count, and no value. */
    static final int FEWEST_BYTES = 2;

    /** The kinds of value. */
    private static final int MISSING = 0;

    private static final int WHOLE = 1;
    private static final int FLOAT = 2;
    private static final int DOUBLE = 3;
    private static final int KIND = 3;

    private static final int SKIPPED = 4;
    private static final int COVARIATES = 8;

    /** A whole number beyond is no shorter than a float. */
    private static final double MOST_WHOLE = 1 << 20;

    private static final double[] NONE = {};

    private StepFormat() {}

    /** Writes a step that follows the one of that count; 0 where it is told by itself. */
    static void write(Step step, long before, ByteSink to) {
        double value = step.value();
        int kind = kind(value);
        int head = kind | (step.skipped() > 0 ? SKIPPED : 0) | (step.covariates().length > 0 ? COVARIATES : 0);
        to.putByte(head);
        to.putWhole(step.seq() - before);
        if (step.skipped() > 0) {
            to.putWhole(step.skipped());
        }
        switch (kind) {
            case WHOLE -> {
                long whole = (long) value;
                to.putWhole(whole << 1 ^ whole >> 63);
            }
            case FLOAT -> to.putFloat((float) value);
            case DOUBLE -> to.putDouble(value);
            default -> {} // missing
        }
        if (step.covariates().length > 0) {
            to.putWhole(step.covariates().length);
            for (double covariate : step.covariates()) {
                to.putDouble(covariate);
            }
        }
    }

    private static int kind(double value) {
        if (Double.isNaN(value)) {
            return MISSING;
        }
        long bits = Double.doubleToRawLongBits(value);
        if (Math.abs(value) < MOST_WHOLE && Double.doubleToRawLongBits((long) value) == bits) {
            return WHOLE; // not −0
        }
        return Double.doubleToRawLongBits((float) value) == bits ? FLOAT : DOUBLE;
    }

    static Step read(ByteSource from, long before) {
        int head = from.takeByte();
        if (head > (KIND | SKIPPED | COVARIATES)) {
            throw new UnreadableException("no step begins with " + head);
        }
        // What opened a session counts up to 0, from below.
        long seq = before + from.takeUpTo(Long.MAX_VALUE - Math.max(before, 0));
        int skipped = (head & SKIPPED) == 0 ? 0 : (int) from.takeUpTo(Integer.MAX_VALUE);
        double value = switch (head & KIND) {
            case WHOLE -> whole(from.takeWhole());
            case FLOAT -> from.takeFloat();
            case DOUBLE -> from.takeDouble();
            default -> Double.NaN;
        };
        double[] covariates = (head & COVARIATES) == 0 ? NONE : new double[from.takeCount(Double.BYTES)];
        for (int i = 0; i < covariates.length; i++) {
            covariates[i] = from.takeDouble();
        }
        try {
            return new Step(seq, skipped, value, covariates);
        } catch (IllegalArgumentException e) {
            throw new UnreadableException("a step cannot be: " + e.getMessage(), e);
        }
    }

    private static double whole(long zigzag) {
        return zigzag >>> 1 ^ -(zigzag & 1);
    }
}
