package io.foretide.kernel;

/**
 * One recurrent layer with its weights packed for products. Between two calls of {@link #load} nothing in it changes, so that
 * any number of threads may walk on it at once, each with a {@link Tape} of its own.
 */
final class RecurrentLayer {
    /** Rows that are finished together: enough to use a panel of weights often, few enough to stay in the cache. */
    private static final int ROW_BLOCK = 64;

    final FloatOps ops;
    final RecurrentUnit unit;
    final int inputs;
    final int units;

    /** Units, padded. */
    final int width;

    /** Sums of all gates of a row, each gate padded. */
    final int sums;

    /** Those of them to which h·R is added; of the rest it is kept apart. */
    final int joined;

    private final Gates gates;
    private final PackedMatrix w;
    private final PackedMatrix r;

    /** The columns of r whose product is added to the sums of the inputs, and those whose product is kept apart. */
    private final PackedMatrix rJoined;

    private final PackedMatrix rApart;
    private final float[] b;
    private final float[] d;

    /** Where sums start: b, and d of the gates that are not kept apart. */
    private final float[] start;

    RecurrentLayer(RecurrentUnit unit, int inputs, int units) {
        this(Kernel.fastest(), unit, inputs, units);
    }

    RecurrentLayer(FloatOps ops, RecurrentUnit unit, int inputs, int units) {
        this.ops = ops;
        this.unit = unit;
        this.inputs = inputs;
        this.units = units;
        this.width = FloatOps.padded(units);
        this.sums = unit.gates() * width;
        this.joined = sums - unit.gatesApart() * width;
        this.gates = ops.gates(unit);
        this.w = new PackedMatrix(ops, inputs, sums);
        this.r = new PackedMatrix(ops, units, sums);
        this.rJoined = r.columns(0, joined);
        this.rApart = r.columns(joined, sums - joined);
        this.b = new float[sums];
        this.d = new float[sums];
        this.start = new float[sums];
    }

    /** How many parameters the layer has: W, R, b, and d where the unit has it, in this order. */
    int parameters() {
        return (inputs + units + (hasSecondBias() ? 2 : 1)) * unit.gates() * units;
    }

    /** Takes its parameters from an array. Not while a thread walks, nor after {@link #pair}. */
    void load(float[] parameters, int offset) {
        if (rJoined.paired() != null) {
            throw new IllegalStateException("the weights are in pairs already");
        }
        for (int gate = 0; gate < unit.gates(); gate++) {
            int from = offset + gate * units, stride = unit.gates() * units, column = gate * width;
            for (int k = 0; k < inputs; k++) {
                w.setRow(k, column, parameters, from + k * stride, units);
            }
            from += inputs * stride;
            for (int k = 0; k < units; k++) {
                r.setRow(k, column, parameters, from + k * stride, units);
            }
            from += units * stride;
            System.arraycopy(parameters, from, b, column, units);
            if (hasSecondBias()) {
                System.arraycopy(parameters, from + stride, d, column, units);
            }
        }
        for (int j = 0; j < sums; j++) {
            start[j] = j < joined ? b[j] + d[j] : b[j];
        }
    }

    /** As {@link PackedMatrix#pair}; what reads no inputs has no use for pairs of their weights. */
    void pair(boolean readsInputs) {
        if (readsInputs) {
            w.pair(ops);
        }
        rJoined.pair(ops);
        rApart.pair(ops);
    }

    /** A unit that keeps sums apart has a bias d of them, and for all gates, which is how others store it. */
    boolean hasSecondBias() {
        return joined < sums;
    }

    /** The other way round: copies its parameters into an array. */
    void copyTo(float[] parameters, int offset) {
        for (int gate = 0; gate < unit.gates(); gate++) {
            int from = offset + gate * units, stride = unit.gates() * units, column = gate * width;
            for (int k = 0; k < inputs; k++) {
                w.copyRow(k, column, parameters, from + k * stride, units);
            }
            from += inputs * stride;
            for (int k = 0; k < units; k++) {
                r.copyRow(k, column, parameters, from + k * stride, units);
            }
            from += units * stride;
            System.arraycopy(b, column, parameters, from, units);
            if (hasSecondBias()) {
                System.arraycopy(d, column, parameters, from + stride, units);
            }
        }
    }

    /** The memory that the parameters take. */
    long sizeInBytes() {
        long numbers = w.values.length + r.values.length + b.length + d.length + start.length;
        return Float.BYTES * numbers + w.sizeOfPairs() + rJoined.sizeOfPairs() + rApart.sizeOfPairs();
    }

    /** Walks all steps of a tape from its initial state. */
    void forward(Tape tape) {
        for (int step = 0; step < tape.steps; step++) {
            step(tape, step, step, step + 1);
        }
    }

    /** One step of all rows, whose state changes in place. */
    void step(Tape tape) {
        step(tape, 0, 0, 0);
    }

    private void step(Tape tape, int step, int from, int to) {
        for (int row = 0; row < tape.rows; row += ROW_BLOCK) {
            block(tape, step, row, Math.min(tape.rows, row + ROW_BLOCK), from, to);
        }
    }

    private void block(Tape tape, int step, int first, int end, int from, int to) {
        int rows = end - first;
        int at = step * tape.rows + first, z = at * sums, before = tape.at(from, first), after = tape.at(to, first);
        if (tape.readsTokens()) {
            for (int row = 0; row < rows; row++) {
                System.arraycopy(tape.table, tape.tokens[at + row] * sums, tape.z, z + row * sums, sums);
            }
        } else {
            sumsOf(rows, tape.x, tape.xo + at * tape.ldx, tape.ldx, tape.z, z);
        }
        float[] h = tape.h;
        if (tape.dropsState()) {
            h = tape.kept;
            ops.multiply(tape.h, before, tape.keep, first * width, h, before, rows * width);
        }
        ops.multiplyAdd(rows, h, before, width, rJoined, tape.z, z, sums);
        if (joined < sums) {
            int apart = sums - joined;
            for (int row = 0; row < rows; row++) {
                System.arraycopy(d, joined, tape.zh, (at + row) * apart, apart);
            }
            ops.multiplyAdd(rows, h, before, width, rApart, tape.zh, at * apart, apart);
        }
        for (int row = 0; row < rows; row++) {
            int state = before + row * width, next = after + row * width;
            if (tape.masked(step, first + row)) {
                carry(tape, state, next);
            } else {
                gates.forward(tape, z + row * sums, state, next);
            }
        }
    }

    /** The sums x·W + b that steps which read these inputs begin with. */
    void sumsOf(int rows, float[] x, int xo, int ldx, float[] to, int offset) {
        for (int row = 0; row < rows; row++) {
            System.arraycopy(start, 0, to, offset + row * sums, sums);
        }
        ops.multiplyAdd(rows, x, xo, ldx, w, to, offset, sums);
    }

    private void carry(Tape tape, int from, int to) {
        System.arraycopy(tape.h, from, tape.h, to, width);
        if (unit.hasCell()) {
            System.arraycopy(tape.c, from, tape.c, to, width);
        }
    }
}
