package io.foretide.kernel;

import java.util.Arrays;

/** The gradient by the parameters of a {@link RecurrentLayer}, padded as its sums are. */
final class RecurrentGradient {
    private final RecurrentLayer layer;
    private final float[] w;
    private final float[] r;
    private final float[] b;
    private final float[] d;
    private final OuterProduct byInputs;
    private final OuterProduct byUnits;

    RecurrentGradient(RecurrentLayer layer) {
        this.layer = layer;
        this.w = new float[layer.inputs * layer.sums];
        this.r = new float[layer.units * layer.sums];
        this.b = new float[layer.sums];
        this.d = new float[layer.unit.keepsSumsApart() ? layer.sums : 0];
        this.byInputs = new OuterProduct(layer.ops, layer.inputs, layer.sums);
        this.byUnits = new OuterProduct(layer.ops, layer.units, layer.sums);
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
        byInputs.add(all, tape.x, tape.xo, tape.ldx, tape.z, 0, w);
        byUnits.add(all, tape.dropsState() ? tape.kept : tape.h, 0, layer.width, recurrent, 0, r);
        for (int row = 0; row < all; row++) {
            layer.ops.add(b, 0, tape.z, row * layer.sums, layer.sums);
        }
        if (layer.unit.keepsSumsApart()) {
            for (int row = 0; row < all; row++) {
                layer.ops.add(d, 0, recurrent, row * layer.sums, layer.sums);
            }
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
