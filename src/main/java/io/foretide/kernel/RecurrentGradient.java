package io.foretide.kernel;

import java.util.Arrays;

/** The gradient by the parameters of a {@link RecurrentLayer}, padded as its sums are. */
final class RecurrentGradient {
    private final RecurrentLayer layer;
    private final float[] w;
    private final float[] r;
    private final float[] b;
    private final float[] d;
    private final OuterProduct product;

    RecurrentGradient(RecurrentLayer layer) {
        this.layer = layer;
        this.w = new float[layer.inputs * layer.sums];
        this.r = new float[layer.units * layer.sums];
        this.b = new float[layer.sums];
        this.d = new float[layer.unit.keepsSumsApart() ? layer.sums : 0];
        this.product = new OuterProduct(layer.ops, layer.sums);
    }

    void clear() {
        Arrays.fill(w, 0);
        Arrays.fill(r, 0);
        Arrays.fill(b, 0);
        Arrays.fill(d, 0);
    }

    /** Adds what a tape says on whose way back we are; recurrent are the gradients by the sums h·R. */
    void add(Tape tape, float[] recurrent) {
        int all = tape.steps * tape.rows;
        float[] h = tape.dropsState() ? tape.kept : tape.h;
        for (int from = 0; from < all; from += OuterProduct.ROWS) {
            int rows = Math.min(OuterProduct.ROWS, all - from), z = from * layer.sums;
            product.take(rows, tape.z, z);
            product.add(layer.inputs, tape.x, tape.xo + from * tape.ldx, tape.ldx, w);
            addRows(rows, tape.z, z, b);
            if (layer.unit.keepsSumsApart()) {
                product.take(rows, recurrent, z);
                addRows(rows, recurrent, z, d);
            }
            product.add(layer.units, h, from * layer.width, layer.width, r);
        }
    }

    private void addRows(int rows, float[] z, int from, float[] sum) {
        for (int row = 0; row < rows; row++) {
            layer.ops.add(sum, 0, z, from + row * layer.sums, layer.sums);
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
        if (layer.unit.keepsSumsApart()) {
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
