package io.foretide.kernel;

import java.util.Arrays;

/** The gradient by the parameters of a {@link RecurrentLayer}, padded as its sums are. */
final class RecurrentGradient {
    private final RecurrentLayer layer;
    private final float[] w;
    private final float[] r;
    private final float[] b;
    private final float[] d;

    RecurrentGradient(RecurrentLayer layer) {
        this.layer = layer;
        this.w = new float[layer.inputs * layer.sums];
        this.r = new float[layer.units * layer.sums];
        this.b = new float[layer.sums];
        this.d = new float[layer.hasSecondBias() ? layer.sums : 0];
    }

    void clear() {
        Arrays.fill(w, 0);
        Arrays.fill(r, 0);
        Arrays.fill(b, 0);
        Arrays.fill(d, 0);
    }

    /** Adds what a tape says on whose way back we are. */
    void add(Tape tape) {
        int all = tape.steps * tape.rows, sums = layer.sums;
        float[] h = tape.dropsState() ? tape.kept : tape.h;
        OuterProduct product = tape.bySums;
        for (int from = 0; from < all; from += OuterProduct.ROWS) {
            int rows = Math.min(OuterProduct.ROWS, all - from), state = from * layer.width;
            product.take(rows, tape.z, from * sums);
            if (!tape.readsTokens()) {
                product.add(layer.inputs, tape.x, tape.xo + from * tape.ldx, tape.ldx, w);
            }
            addRows(rows, tape.z, from, sums, b, 0);
            layer.ops.multiplyTransposedAdd(layer.units, h, state, layer.width, tape.joined, r, 0, sums);
            if (layer.joined < sums) {
                addApart(tape, rows, from, h);
            }
        }
    }

    private void addApart(Tape tape, int rows, int from, float[] h) {
        int count = layer.sums - layer.joined, state = from * layer.width;
        OuterProduct apart = tape.byApart;
        apart.take(rows, tape.zh, from * count);
        layer.ops.multiplyTransposedAdd(layer.units, h, state, layer.width, apart.taken(), r, layer.joined, layer.sums);
        addRows(rows, tape.zh, from, count, d, layer.joined);
    }

    private void addRows(int rows, float[] z, int from, int count, float[] sum, int offset) {
        for (int row = from; row < from + rows; row++) {
            layer.ops.add(sum, offset, z, row * count, count);
        }
    }

    /** Adds the gradient by the sums of each token to that by a table of such sums, in the order of steps. */
    void addByTokens(Tape tape, float[] byTable) {
        int all = tape.steps * tape.rows, sums = layer.sums;
        for (int i = 0; i < all; i++) {
            layer.ops.add(byTable, tape.tokens[i] * sums, tape.z, i * sums, sums);
        }
    }

    /** Adds the gradient by W, from that by a table of sums of these inputs. */
    void addByTable(int rows, float[] x, int ldx, float[] byTable, OuterProduct product) {
        for (int from = 0; from < rows; from += OuterProduct.ROWS) {
            product.take(Math.min(OuterProduct.ROWS, rows - from), byTable, from * layer.sums);
            product.add(layer.inputs, x, from * ldx, ldx, w);
        }
    }

    void add(RecurrentGradient other) {
        layer.ops.add(w, 0, other.w, 0, w.length);
        layer.ops.add(r, 0, other.r, 0, r.length);
        layer.ops.add(b, 0, other.b, 0, b.length);
        layer.ops.add(d, 0, other.d, 0, d.length);
    }

    /** Writes the gradient without its padding, in the order of {@link RecurrentLayer#parameters}. */
    void copyTo(float[] gradient, int offset) {
        int at = copy(w, layer.inputs, gradient, offset);
        at = copy(r, layer.units, gradient, at);
        at = copy(b, 1, gradient, at);
        if (layer.hasSecondBias()) {
            System.arraycopy(b, 0, d, 0, layer.joined); // both biases are added to the same sums there
            copy(d, 1, gradient, at);
        }
    }

    private int copy(float[] from, int rows, float[] to, int offset) {
        int at = offset;
        for (int row = 0; row < rows; row++) {
            for (int gate = 0; gate < layer.unit.gates(); gate++) {
                System.arraycopy(from, row * layer.sums + gate * layer.width, to, at, layer.units);
                at += layer.units;
            }
        }
        return at;
    }
}
