package io.foretide.classification;

import io.foretide.kernel.CellState;
import io.foretide.network.UnreadableStateException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * States as bytes, and back, to the bit: format, steps, pending text, kept values, h and c and the pooled outputs of each
 * network, and what the patterns carry. Numbers are little-endian; each array is preceded by its length, by which networks of
 * another shape are told. Which version a state belongs to is for its owner to remember.
 */
final class ClassifierStates {
    private static final byte FORMAT = 1;

    private ClassifierStates() {}

    static byte[] pack(ClassifierState state) {
        byte[] pending = bytes(state.pending);
        ByteBuffer out = ByteBuffer.allocate(size(state, pending)).order(ByteOrder.LITTLE_ENDIAN);
        out.put(FORMAT).putLong(state.steps);
        out.putInt(pending.length).put(pending);
        int kept = state.kept.length == 0 ? 0 : state.channels * Math.toIntExact(state.steps);
        out.putInt(kept);
        for (int i = 0; i < kept; i++) {
            out.putDouble(state.kept[i]);
        }
        for (int member = 0; member < state.networks.pools().length; member++) {
            for (CellState layer : state.networks.layers()[member]) {
                write(layer.hidden(), out);
                write(layer.cell(), out);
            }
            Pooling pool = state.networks.pools()[member];
            write(pool.numbers, out);
            write(pool.last, out);
        }
        switch (state.patterns) {
            case ValuePatterns.Walk walk -> {
                out.putLong(walk.steps);
                write(walk.ring, out);
                write(walk.sums, out);
            }
            case WordPatterns.Walk walk -> write(walk.sums, out);
            case NoPatterns.Walk _ -> {}
        }
        return out.array();
    }

    /** No encoding: a text may end with half of a surrogate pair. */
    private static byte[] bytes(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(Character.BYTES * text.length()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asCharBuffer().put(text);
        return bytes.array();
    }

    private static String text(byte[] bytes) {
        return ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asCharBuffer()
                .toString();
    }

    private static int size(ClassifierState state, byte[] pending) {
        long size = 1 + Long.BYTES + 2 * Integer.BYTES + pending.length;
        size += state.kept.length == 0 ? 0 : Double.BYTES * state.channels * state.steps;
        for (int member = 0; member < state.networks.pools().length; member++) {
            for (CellState layer : state.networks.layers()[member]) {
                size += 2 * Integer.BYTES + (long) Float.BYTES * (layer.hidden().length + layer.cell().length);
            }
            Pooling pool = state.networks.pools()[member];
            size += 2 * Integer.BYTES
                    + (long) Double.BYTES * pool.numbers.length
                    + (long) Float.BYTES * pool.last.length;
        }
        return Math.toIntExact(size + size(state.patterns));
    }

    private static long size(PatternBranch.Walk patterns) {
        return switch (patterns) {
            case ValuePatterns.Walk walk ->
                Long.BYTES
                        + 2 * Integer.BYTES
                        + (long) Float.BYTES * walk.ring.length
                        + (long) Double.BYTES * walk.sums.length;
            case WordPatterns.Walk walk -> Integer.BYTES + (long) Double.BYTES * walk.sums.length;
            case NoPatterns.Walk _ -> 0;
        };
    }

    private static void write(float[] numbers, ByteBuffer out) {
        out.putInt(numbers.length);
        for (float number : numbers) {
            out.putFloat(number);
        }
    }

    private static void write(double[] numbers, ByteBuffer out) {
        out.putInt(numbers.length);
        for (double number : numbers) {
            out.putDouble(number);
        }
    }

    /** @param into one that has seen nothing yet; of no use where this fails */
    static void unpack(byte[] packed, ClassifierState into) throws UnreadableStateException {
        ByteBuffer in = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
        try {
            byte format = in.get();
            if (format != FORMAT) {
                throw new UnreadableStateException("format %d, and not %d".formatted(format, FORMAT));
            }
            into.steps = steps(in);
            readText(in, into);
            for (int member = 0; member < into.networks.pools().length; member++) {
                for (CellState layer : into.networks.layers()[member]) {
                    read(in, layer.hidden());
                    read(in, layer.cell());
                }
                Pooling pool = into.networks.pools()[member];
                read(in, pool.numbers);
                read(in, pool.last);
            }
            readPatterns(in, into);
        } catch (BufferUnderflowException e) {
            throw new UnreadableStateException("it ends before its end");
        }
        if (in.hasRemaining()) {
            throw new UnreadableStateException("%d bytes too many".formatted(in.remaining()));
        }
    }

    private static long steps(ByteBuffer in) throws UnreadableStateException {
        long steps = in.getLong();
        if (steps < 0 || steps > 1L << 53) {
            throw new UnreadableStateException(steps + " steps");
        }
        return steps;
    }

    private static void readText(ByteBuffer in, ClassifierState into) throws UnreadableStateException {
        byte[] pending = new byte[length(in, Byte.BYTES)];
        in.get(pending);
        into.pending = text(pending);
        into.kept = new double[length(in, Double.BYTES)];
        if (into.kept.length > 0 && into.kept.length != into.steps * into.channels) {
            throw new UnreadableStateException("%d values of %d steps".formatted(into.kept.length, into.steps));
        }
        for (int i = 0; i < into.kept.length; i++) {
            into.kept[i] = in.getDouble();
        }
    }

    /** A length that lies allocates no more than there is. */
    private static int length(ByteBuffer in, int size) throws UnreadableStateException {
        int length = in.getInt();
        if (length < 0 || (long) length * size > in.remaining()) {
            throw new UnreadableStateException("an array of " + length + " numbers");
        }
        return length;
    }

    private static void readPatterns(ByteBuffer in, ClassifierState into) throws UnreadableStateException {
        switch (into.patterns) {
            case ValuePatterns.Walk walk -> {
                walk.steps = steps(in);
                read(in, walk.ring);
                read(in, walk.sums);
            }
            case WordPatterns.Walk walk -> read(in, walk.sums);
            case NoPatterns.Walk _ -> {}
        }
    }

    private static void read(ByteBuffer in, float[] numbers) throws UnreadableStateException {
        requireLength(in, numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = in.getFloat();
        }
    }

    private static void read(ByteBuffer in, double[] numbers) throws UnreadableStateException {
        requireLength(in, numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = in.getDouble();
        }
    }

    private static void requireLength(ByteBuffer in, int expected) throws UnreadableStateException {
        int length = in.getInt();
        if (length != expected) {
            throw new UnreadableStateException("the state of a network of another shape");
        }
    }
}
