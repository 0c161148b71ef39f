package io.foretide.kernel;

import java.util.Arrays;

/**
 * What one layer computes for some sequences over some steps, kept for the way back. Room is made once, for the most rows
 * and steps there will be; a tape belongs to one thread at a time.
 *
 * <p>A row is a sequence. Arrays are step after step, and within a step row after row. Rows of hidden units are
 * {@link #width} apart, rows of sums {@link #sums}; both are padded, and what stands in the padding of h is never read.
 */
final class Tape {
    final int width;
    final int sums;

    int rows;
    int steps;

    /** What goes in, set by {@link #input}: the first number, and the distance of rows. */
    float[] x = new float[0];

    int xo;
    int ldx;

    private static final int[] NO_TOKENS = {};

    /** [steps][rows]: where a layer reads tokens, the row of {@link #table} that holds the sums of each; else empty. */
    int[] tokens = NO_TOKENS;

    /** Rows of sums x·W + b, one a token, as {@link RecurrentLayer#sumsOf} makes them. */
    float[] table = new float[0];

    /** [steps][rows][sums]: sums x·W + b (+ h·R), which become activations, and on the way back their gradients. */
    final float[] z;

    /** [steps][rows][width]: h·R + d of the gate whose sum is kept apart, where the unit has one. */
    final float[] zh;

    /** [steps + 1][rows][width]: entry 0 is the initial state. c and its tanh only where the unit has a cell state. */
    final float[] h, c, tanhC;

    /** [rows][width]: the gradient by the state; before the way back that of the last state, after it of the first. */
    final float[] dh, dc;

    /** [steps][rows][width]: the gradient of the loss by h, set by whoever reads h. */
    final float[] dOut;

    /** [steps][rows]: a masked step carries the state through as if it had not been. */
    private final boolean[] masked;

    private boolean anyMasked;

    private boolean dropsState;

    /** [rows][width]: factors of h on its way into the product h·R, the same at each step. */
    float[] keep = new float[0];

    /** [steps][rows][width]: h⊙keep. */
    float[] kept = new float[0];

    /** [rows][width]: room for the gradient by h⊙keep at one step. */
    float[] dKept = new float[0];

    /** Products with the gradients of sums and of those kept apart, with their room to work in; only for the way back. */
    final OuterProduct bySums, byApart;

    /** Of what {@link #bySums} takes, the columns to which h·R was added. */
    final PackedMatrix joined;

    private final int mostRows;
    private final int mostSteps;

    private Tape(RecurrentLayer layer, int mostRows, int mostSteps, int gradientSteps) {
        this.width = layer.width;
        this.sums = layer.sums;
        this.mostRows = mostRows;
        this.mostSteps = mostSteps;
        int states = (gradientSteps + 1) * mostRows * width, all = mostSteps * mostRows * sums;
        RecurrentUnit unit = layer.unit;
        this.z = new float[all];
        this.zh = new float[mostSteps * mostRows * (layer.sums - layer.joined)];
        this.h = new float[states];
        this.c = new float[unit.hasCell() ? states : 0];
        this.tanhC = new float[unit.hasCell() ? states : 0];
        int gradients = gradientSteps == 0 ? 0 : mostRows * width;
        this.dh = new float[gradients];
        this.dc = new float[unit.hasCell() ? gradients : 0];
        this.dOut = new float[gradientSteps * mostRows * width];
        this.masked = new boolean[mostSteps * mostRows];
        boolean back = gradientSteps > 0;
        this.bySums = back ? new OuterProduct(layer.ops, layer.sums) : OuterProduct.NONE;
        this.byApart = back ? new OuterProduct(layer.ops, layer.sums - layer.joined) : OuterProduct.NONE;
        this.joined = back ? bySums.taken().columns(0, layer.joined) : bySums.taken();
    }

    /** A tape for {@link RecurrentLayer#forward} and the way back. */
    static Tape forTraining(RecurrentLayer layer, int mostRows, int mostSteps) {
        return new Tape(layer, mostRows, mostSteps, mostSteps);
    }

    /** A tape for {@link RecurrentLayer#step}: it keeps one state a row and nothing of the past. */
    static Tape forStepping(RecurrentLayer layer, int mostRows) {
        return new Tape(layer, mostRows, 1, 0);
    }

    /** Starts over: as many rows and steps, no step masked, no dropout; initial states are what {@link #hidden} holds. */
    void begin(int newRows, int newSteps) {
        if (newRows < 1 || newRows > mostRows || newSteps < 1 || newSteps > mostSteps) {
            throw new IllegalArgumentException(
                    "%d rows × %d steps, room for %d × %d".formatted(newRows, newSteps, mostRows, mostSteps));
        }
        rows = newRows;
        steps = newSteps;
        Arrays.fill(masked, false);
        anyMasked = false;
        dropsState = false;
    }

    /** All rows start from the state of a walk that has seen nothing. */
    void clearState() {
        Arrays.fill(h, 0, rows * width, 0);
        Arrays.fill(c, 0, Math.min(c.length, rows * width), 0);
    }

    /** Where the way back starts if no gradient comes from beyond the last step. */
    void clearStateGradient() {
        Arrays.fill(dh, 0, rows * width, 0);
        Arrays.fill(dc, 0, Math.min(dc.length, rows * width), 0);
    }

    /** What the steps read: row after row and step after step. */
    void input(float[] values, int offset, int distance) {
        x = values;
        xo = offset;
        ldx = distance;
        tokens = NO_TOKENS;
    }

    /** What the steps read where it is one of a few: the row of the table for each row of each step. */
    void input(int[] rowsOfTable, float[] sumsOfTokens) {
        tokens = rowsOfTable;
        table = sumsOfTokens;
    }

    boolean readsTokens() {
        return tokens.length > 0;
    }

    /** A masked step carries the state through. */
    void mask(int step, int row) {
        masked[step * rows + row] = true;
        anyMasked = true;
    }

    /**
     * Variational dropout: on its way into the product h·R, h is multiplied by factors that stay the same over all steps
     * (Gal and Ghahramani 2016).
     *
     * @return the factors, rows of {@code width} numbers, to be set until the next {@link #begin}
     */
    float[] dropState() {
        if (keep.length == 0) {
            keep = new float[mostRows * width];
            kept = new float[mostSteps * mostRows * width];
            dKept = new float[mostRows * width];
        }
        dropsState = true;
        return keep;
    }

    boolean dropsState() {
        return dropsState;
    }

    boolean masked(int step, int row) {
        return anyMasked && masked[step * rows + row];
    }

    /** The hidden states, from the initial one on. */
    float[] hidden() {
        return h;
    }

    /** The cell states, from the initial one on; empty where the unit has none. */
    float[] cell() {
        return c;
    }

    /** Where the state of a row before a step stands in {@link #hidden} and {@link #cell}. */
    int at(int step, int row) {
        return (step * rows + row) * width;
    }
}
