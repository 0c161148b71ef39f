package io.foretide.kernel;

/**
 * Advances walks over tokens, many at once, and says what is expected next. Each ends where it would have ended alone, to the
 * bit. A state is an array of {@link TokenShape#stateLength} numbers. Makes no objects; belongs to one thread at a time.
 */
public final class TokenStepper {
    private final TokenCells cells;
    private final Tape[] tapes;
    private final float[] inputs;
    private final float[] top;
    private final float[] outputs;
    private final int topWidth;
    private final int outputWidth;

    /** @param most how many walks at once */
    public TokenStepper(TokenCells cells, int most) {
        TokenShape shape = cells.shape;
        this.cells = cells;
        this.tapes = new Tape[shape.layers()];
        for (int i = 0; i < tapes.length; i++) {
            tapes[i] = Tape.forStepping(cells.layers[i], most);
        }
        this.topWidth = FloatOps.padded(shape.units());
        this.outputWidth = FloatOps.padded(shape.tokens());
        this.inputs = new float[cells.embedding.length > 0 ? most * shape.embedding() : 0];
        this.top = new float[most * topWidth];
        this.outputs = new float[most * outputWidth];
    }

    /** Advances the first states by a token each, in place. */
    public void advance(int[] tokens, float[][] states, int count) {
        int units = cells.shape.units(), at = 0;
        for (int i = 0; i < tapes.length; i++) {
            Tape tape = tapes[i];
            tape.begin(count, 1);
            if (i > 0) {
                tape.input(tapes[i - 1].h, 0, tape.width);
            } else if (cells.table.length > 0) {
                tape.input(tokens, cells.table);
            } else {
                int size = cells.shape.embedding();
                Embedding.lookUp(tokens, count, cells.embedding, 0, size, inputs, size);
                tape.input(inputs, 0, size);
            }
            for (int row = 0; row < count; row++) {
                System.arraycopy(states[row], at, tape.h, row * tape.width, units);
                if (tape.c.length > 0) {
                    System.arraycopy(states[row], at + units, tape.c, row * tape.width, units);
                }
            }
            cells.layers[i].step(tape);
            for (int row = 0; row < count; row++) {
                System.arraycopy(tape.h, row * tape.width, states[row], at, units);
                if (tape.c.length > 0) {
                    System.arraycopy(tape.c, row * tape.width, states[row], at + units, units);
                }
            }
            at += cells.shape.numbersOfLayer();
        }
    }

    /** Computes what the first states expect next: the head's outputs, from {@link #at} on in {@link #outputs}. */
    public void expect(float[][] states, int count) {
        int units = cells.shape.units(), at = cells.shape.stateLength() - cells.shape.numbersOfLayer();
        for (int row = 0; row < count; row++) {
            System.arraycopy(states[row], at, top, row * topWidth, units);
        }
        cells.head.apply(count, top, topWidth, outputs);
    }

    /** Live, and free to be written to: an output a token, whose softmax is its probability, and behind them what means nothing. */
    public float[] outputs() {
        return outputs;
    }

    /** Where the outputs of a state begin. */
    public int at(int row) {
        return row * outputWidth;
    }
}
