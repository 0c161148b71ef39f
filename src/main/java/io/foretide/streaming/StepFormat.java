package io.foretide.streaming;

import io.foretide.streaming.ByteSource.UnreadableException;

/**
 * The bytes of a step: what it is, its count less the one before, and what it holds, numbers as short as they go without losing a
 * bit. Those of a value of a series say in the first byte what else is there.
 */
final class StepFormat {
    /** What is there, a count, and no value. */
    static final int FEWEST_BYTES = 2;

    /** The kinds of number. */
    private static final int MISSING = 0;

    private static final int WHOLE = 1;
    private static final int FLOAT = 2;
    private static final int DOUBLE = 3;
    private static final int KIND = 3;

    private static final int SKIPPED = 4;
    private static final int COVARIATES = 8;

    /** What is no value of a series. */
    private static final int CHANNELS = 16;

    private static final int TEXT = 17;
    private static final int CONTINUATION = 18;
    private static final int MILESTONE = 19;

    /** A whole number beyond is no shorter than a float. */
    private static final double MOST_WHOLE = 1 << 20;

    private static final double[] NONE = {};

    private StepFormat() {}

    /** Writes a step that follows the one of that count; 0 where it is told by itself. */
    static void write(Step step, long before, ByteSink to) {
        switch (step) {
            case Step.Value value -> write(value, before, to);
            case Step.Channels(long seq, double[] values) -> {
                to.putByte(CHANNELS);
                to.putWhole(seq - before);
                to.putWhole(values.length);
                for (double value : values) {
                    int kind = kind(value);
                    to.putByte(kind);
                    putNumber(value, kind, to);
                }
            }
            case Step.Text(long seq, String text) -> {
                to.putByte(TEXT);
                to.putWhole(seq - before);
                to.putText(text);
            }
            case Step.Continuation(long seq, int tokens, Drawing drawing, String text) -> {
                to.putByte(CONTINUATION);
                to.putWhole(seq - before);
                to.putWhole(tokens);
                to.putDouble(drawing.temperature());
                to.putWhole(drawing.topK());
                to.putDouble(drawing.topP());
                to.putWhole(drawing.seed());
                to.putText(text);
            }
            case Step.Milestone(Step reached, byte[] state) -> {
                to.putByte(MILESTONE);
                to.putBytes(state);
                write(reached, before, to);
            }
        }
    }

    private static void write(Step.Value step, long before, ByteSink to) {
        double value = step.value();
        int kind = kind(value);
        int head = kind | (step.skipped() > 0 ? SKIPPED : 0) | (step.covariates().length > 0 ? COVARIATES : 0);
        to.putByte(head);
        to.putWhole(step.seq() - before);
        if (step.skipped() > 0) {
            to.putWhole(step.skipped());
        }
        putNumber(value, kind, to);
        if (step.covariates().length > 0) {
            to.putWhole(step.covariates().length);
            for (double covariate : step.covariates()) {
                to.putDouble(covariate);
            }
        }
    }

    private static void putNumber(double value, int kind, ByteSink to) {
        switch (kind) {
            case WHOLE -> {
                long whole = (long) value;
                to.putWhole(whole << 1 ^ whole >> 63);
            }
            case FLOAT -> to.putFloat((float) value);
            case DOUBLE -> to.putDouble(value);
            default -> {} // missing
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
        if (head == MILESTONE) {
            byte[] state = from.takeBytes();
            return new Step.Milestone(read(from.takeByte(), from, before), state);
        }
        return read(head, from, before);
    }

    private static Step read(int head, ByteSource from, long before) {
        // What opened a session counts up to 0, from below.
        long seq = before + from.takeUpTo(Long.MAX_VALUE - Math.max(before, 0));
        try {
            return switch (head) {
                case CHANNELS -> new Step.Channels(seq, takeNumbers(from));
                case TEXT -> new Step.Text(seq, from.takeText());
                case CONTINUATION ->
                    new Step.Continuation(
                            seq, (int) from.takeUpTo(Integer.MAX_VALUE), takeDrawing(from), from.takeText());
                default -> readValue(head, seq, from);
            };
        } catch (IllegalArgumentException e) {
            throw new UnreadableException("a step cannot be: " + e.getMessage(), e);
        }
    }

    private static Step.Value readValue(int head, long seq, ByteSource from) {
        if (head > (KIND | SKIPPED | COVARIATES)) {
            throw new UnreadableException("no step begins with " + head);
        }
        int skipped = (head & SKIPPED) == 0 ? 0 : (int) from.takeUpTo(Integer.MAX_VALUE);
        double value = takeNumber(head & KIND, from);
        double[] covariates = (head & COVARIATES) == 0 ? NONE : new double[from.takeCount(Double.BYTES)];
        for (int i = 0; i < covariates.length; i++) {
            covariates[i] = from.takeDouble();
        }
        return new Step.Value(seq, skipped, value, covariates);
    }

    private static Drawing takeDrawing(ByteSource from) {
        double temperature = from.takeDouble();
        int topK = (int) from.takeUpTo(Integer.MAX_VALUE);
        return new Drawing(temperature, topK, from.takeDouble(), from.takeWhole());
    }

    private static double[] takeNumbers(ByteSource from) {
        double[] numbers = new double[from.takeCount(1)];
        for (int i = 0; i < numbers.length; i++) {
            int kind = from.takeByte();
            if (kind > KIND) {
                throw new UnreadableException("no number begins with " + kind);
            }
            numbers[i] = takeNumber(kind, from);
        }
        return numbers;
    }

    private static double takeNumber(int kind, ByteSource from) {
        return switch (kind) {
            case WHOLE -> whole(from.takeWhole());
            case FLOAT -> from.takeFloat();
            case DOUBLE -> from.takeDouble();
            default -> Double.NaN;
        };
    }

    private static double whole(long zigzag) {
        return zigzag >>> 1 ^ -(zigzag & 1);
    }
}
