package io.foretide.network;

import io.foretide.kernel.CellState;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * States of one predictor as bytes, and back, to the bit. What follows from other numbers is left out, and after the first two of
 * the longest seasons of a walk these as well; so a walk has two lengths of bytes in its life, of which {@link #size} is the
 * later. Immutable.
 *
 * <pre>
 *   format, counts of numbers | flags | steps, errors, observed | level, scale, Σt, Σt²
 *   numbers of the smoothers | stretches of the levels | what is expected of the next step
 *   h, c of each layer of each member | first seasons
 * </pre>
 *
 * Numbers are little-endian. The counts tell networks of other shapes, not versions of one shape: which version a state belongs
 * to is for its owner to remember.
 */
public final class PackedStates {
    private static final byte FORMAT = 1;

    /** The one flag: whether all observations were positive. */
    private static final byte POSITIVE = 1;

    /** Beyond, whole numbers are not exact in a double; a step a millisecond takes centuries. */
    private static final long MOST_STEPS = 1L << 53;

    /** Numbers of an array of bytes, which need no object around it. */
    private static final VarHandle LONG = numbers(long[].class);

    private static final VarHandle DOUBLE = numbers(double[].class);
    private static final VarHandle FLOAT = numbers(float[].class);

    private final Smoother smoother;
    private final int units;
    private final byte[] shape;
    private final int flagsAt;
    private final int countsAt;
    private final int sumsAt;
    private final int numbersAt;
    private final int size;
    private final int firstSeasons;

    public PackedStates(Predictor predictor) {
        State state = predictor.initialState();
        this.smoother = predictor.smoother();
        this.units = predictor.settings().network().units();
        this.shape = shape(state, units);
        this.flagsAt = shape.length;
        this.countsAt = flagsAt + 1;
        this.sumsAt = countsAt + 3 * Long.BYTES;
        this.numbersAt = sumsAt + 4 * Double.BYTES;
        this.size = numbersAt + Double.BYTES * doubles(state) + Float.BYTES * units * vectors(state);
        this.firstSeasons = Double.BYTES * state.series.firstSeasons.length;
    }

    private static VarHandle numbers(Class<?> type) {
        return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
    }

    private static int doubles(State state) {
        int stretches = state.adaptation == null ? 0 : state.adaptation.stretches.length;
        return Arrays.stream(state.series.numbers).mapToInt(some -> some.length).sum()
                + stretches
                + state.expected.length;
    }

    /** How many vectors of hidden and cell states there are. */
    private static int vectors(State state) {
        return (int) Arrays.stream(state.members)
                .flatMap(Arrays::stream)
                .mapToLong(layer -> layer.cell().length > 0 ? 2 : 1)
                .sum();
    }

    private static byte[] shape(State state, int units) {
        SmoothedState series = state.series;
        var shape = ByteBuffer.allocate(18).order(ByteOrder.LITTLE_ENDIAN);
        shape.put(FORMAT).put((byte) state.members.length).put((byte) state.members[0].length);
        shape.put((byte) vectors(state)).putShort((short) units);
        shape.putShort((short) series.levels.length).putShort((short) series.forgotten.length);
        shape.putInt(series.profiles.length).putShort((short) series.firstSeasons.length);
        shape.putShort((short) (state.adaptation == null ? state.expected.length : -state.expected.length));
        return shape.array();
    }

    /** The number of bytes of a walk that is past the first two of its longest seasons. */
    public int size() {
        return size;
    }

    /** The number of bytes of a walk before. */
    public int sizeAtFirst() {
        return size + firstSeasons;
    }

    /** The number of steps of a walk that was packed. */
    public long steps(byte[] packed) {
        return (long) LONG.get(packed, countsAt);
    }

    private int size(long steps) {
        return Double.BYTES * steps < firstSeasons ? size + firstSeasons : size;
    }

    /** A state as bytes. */
    public byte[] pack(State state) {
        return pack(state, new byte[size(state.steps())]);
    }

    /** As {@link #pack(State)}, written over {@code room} where that has the right length. */
    byte[] pack(State state, byte[] room) {
        SmoothedState series = state.series;
        byte[] packed = room.length == size(series.steps) ? room : new byte[size(series.steps)];
        System.arraycopy(shape, 0, packed, 0, shape.length);
        packed[flagsAt] = series.positive ? POSITIVE : 0;
        LONG.set(packed, countsAt, series.steps);
        LONG.set(packed, countsAt + 8, series.errors);
        LONG.set(packed, countsAt + 16, series.observed);
        DOUBLE.set(packed, sumsAt, series.level);
        DOUBLE.set(packed, sumsAt + 8, series.scale);
        DOUBLE.set(packed, sumsAt + 16, series.times);
        DOUBLE.set(packed, sumsAt + 24, series.squaredTimes);
        int at = numbersAt;
        for (double[] numbers : series.numbers) {
            at = write(numbers, packed, at);
        }
        if (state.adaptation != null) {
            at = write(state.adaptation.stretches, packed, at);
        }
        at = write(state.expected, packed, at);
        for (CellState[] layers : state.members) {
            for (CellState layer : layers) {
                at = write(layer.hidden(), packed, at);
                at = write(layer.cell(), packed, at);
            }
        }
        if (series.isInFirstSeasons()) {
            write(series.firstSeasons, packed, at);
        }
        return packed;
    }

    private static int write(double[] numbers, byte[] packed, int at) {
        for (int i = 0; i < numbers.length; i++) {
            DOUBLE.set(packed, at + Double.BYTES * i, numbers[i]);
        }
        return at + Double.BYTES * numbers.length;
    }

    /** What stands behind the units means nothing. */
    private int write(float[] vector, byte[] packed, int at) {
        int length = Math.min(units, vector.length);
        for (int i = 0; i < length; i++) {
            FLOAT.set(packed, at + Float.BYTES * i, vector[i]);
        }
        return at + Float.BYTES * length;
    }

    /**
     * Makes a state of this predictor the one that was packed.
     *
     * @throws UnreadableStateException where no state of a network of this shape was; the other one is as it was then
     */
    public void unpack(byte[] packed, State into) throws UnreadableStateException {
        check(packed);
        restore(packed, into);
    }

    private void check(byte[] packed) throws UnreadableStateException {
        if (packed.length < numbersAt || packed[0] != FORMAT) {
            throw new UnreadableStateException("%d bytes of format %d, and not of format %d"
                    .formatted(packed.length, packed.length == 0 ? 0 : packed[0], FORMAT));
        }
        if (Arrays.mismatch(shape, 0, shape.length, packed, 0, shape.length) >= 0) {
            throw new UnreadableStateException("the state of a network of another shape");
        }
        long steps = (long) LONG.get(packed, countsAt);
        long errors = (long) LONG.get(packed, countsAt + 8);
        long observed = (long) LONG.get(packed, countsAt + 16);
        // Seasons are indexed by steps, and the first errors count twice.
        if (steps < 0 || steps > MOST_STEPS || observed < 0 || observed > steps || errors < 0 || errors > steps + 2) {
            throw new UnreadableStateException(
                    "%d steps with %d observations and %d errors".formatted(steps, observed, errors));
        }
        if (packed.length != size(steps) || (packed[flagsAt] | POSITIVE) != POSITIVE) {
            throw new UnreadableStateException("%d bytes after %d steps, and not %d, or unknown flags"
                    .formatted(packed.length, steps, size(steps)));
        }
    }

    /** As {@link #unpack}, of bytes that are known to be right. */
    void restore(byte[] packed, State into) {
        SmoothedState series = into.series;
        series.positive = packed[flagsAt] == POSITIVE;
        series.steps = (long) LONG.get(packed, countsAt);
        series.errors = (long) LONG.get(packed, countsAt + 8);
        series.observed = (long) LONG.get(packed, countsAt + 16);
        series.level = (double) DOUBLE.get(packed, sumsAt);
        series.scale = (double) DOUBLE.get(packed, sumsAt + 8);
        series.times = (double) DOUBLE.get(packed, sumsAt + 16);
        series.squaredTimes = (double) DOUBLE.get(packed, sumsAt + 24);
        int at = numbersAt;
        for (double[] numbers : series.numbers) {
            at = read(packed, at, numbers);
        }
        if (into.adaptation != null) {
            at = read(packed, at, into.adaptation.stretches);
        }
        at = read(packed, at, into.expected);
        for (CellState[] layers : into.members) {
            for (CellState layer : layers) {
                at = read(packed, at, layer.hidden());
                at = read(packed, at, layer.cell());
            }
        }
        if (series.isInFirstSeasons()) {
            read(packed, at, series.firstSeasons);
        }
        smoother.complete(series);
    }

    private static int read(byte[] packed, int at, double[] numbers) {
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (double) DOUBLE.get(packed, at + Double.BYTES * i);
        }
        return at + Double.BYTES * numbers.length;
    }

    private int read(byte[] packed, int at, float[] vector) {
        int length = Math.min(units, vector.length);
        for (int i = 0; i < length; i++) {
            vector[i] = (float) FLOAT.get(packed, at + Float.BYTES * i);
        }
        return at + Float.BYTES * length;
    }
}
