package io.foretide.kernel;

import java.util.Random;

/** A layer with random parameters, and random sequences, masks, dropout, initial states and weights of a loss. */
final class LayerCase {
    final RecurrentUnit unit;
    final int inputs, units, rows, steps;
    final float[] parameters, x, h, c, lossByOutput, lossByState, keep;
    final boolean[] masked;

    LayerCase(RecurrentUnit unit, int inputs, int units, int rows, int steps, long seed) {
        this.unit = unit;
        this.inputs = inputs;
        this.units = units;
        this.rows = rows;
        this.steps = steps;
        var random = new Random(seed);
        int count = new RecurrentLayer(new ScalarOps("scalar"), unit, inputs, units).parameters();
        this.parameters = Numbers.random(random, count);
        for (int i = 0; i < count; i++) {
            parameters[i] *= 2 / (float) Math.sqrt(units); // keeps sums away from where squashing is flat
        }
        this.x = Numbers.random(random, steps * rows * inputs);
        this.h = Numbers.random(random, rows * units);
        this.c = Numbers.random(random, rows * units);
        this.lossByOutput = Numbers.random(random, steps * rows * units);
        this.lossByState = Numbers.random(random, 2 * rows * units);
        this.keep = new float[rows * units];
        for (int i = 0; i < keep.length; i++) {
            keep[i] = random.nextInt(4) == 0 ? 0 : 4 / 3f;
        }
        this.masked = new boolean[steps * rows];
        for (int i = 0; i < masked.length; i++) {
            masked[i] = random.nextInt(4) == 0;
        }
    }

    /** What is used of it. */
    enum Part {
        MASKS,
        DROPOUT
    }

    /** A tape with all that goes in, ready to walk. */
    Tape tape(RecurrentLayer layer, java.util.Set<Part> parts) {
        Tape tape = Tape.forTraining(layer, rows + 1, steps + 1);
        tape.begin(rows, steps);
        tape.input(x, 0, inputs);
        float[] factors = parts.contains(Part.DROPOUT) ? tape.dropState() : new float[0];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(h, row * units, tape.h, tape.at(0, row), units);
            System.arraycopy(lossByState, row * units, tape.dh, row * tape.width, units);
            if (unit.hasCell()) {
                System.arraycopy(c, row * units, tape.c, tape.at(0, row), units);
                System.arraycopy(lossByState, (rows + row) * units, tape.dc, row * tape.width, units);
            }
            if (factors.length > 0) {
                System.arraycopy(keep, row * units, factors, row * tape.width, units);
            }
            for (int step = 0; step < steps; step++) {
                int from = (step * rows + row) * units;
                System.arraycopy(lossByOutput, from, tape.dOut, tape.at(step, row), units);
                if (parts.contains(Part.MASKS) && masked[step * rows + row]) {
                    tape.mask(step, row);
                }
            }
        }
        return tape;
    }

    RecurrentLayer layer(FloatOps ops) {
        var layer = new RecurrentLayer(ops, unit, inputs, units);
        layer.load(parameters, 0);
        return layer;
    }
}
