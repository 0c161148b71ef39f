package io.foretide.kernel;

/**
 * One recurrent layer with its parameters, ready to walk. Immutable: any number of states may walk on it at once.
 *
 * <p>The gates of a unit stand side by side, in the order of {@link RecurrentUnit}.
 */
public final class Cell {
    final RecurrentLayer layer;

    /**
     * @param w a row an input, a column a gate of a unit
     * @param r a row a unit, columns likewise
     * @param b a number a column of w; for a GRU, those of r follow
     */
    public Cell(RecurrentUnit unit, Matrix w, Matrix r, float[] b) {
        this(Kernel.fastest(), unit, w, r, b);
    }

    Cell(FloatOps ops, RecurrentUnit unit, Matrix w, Matrix r, float[] b) {
        this.layer = new RecurrentLayer(ops, unit, w.rows(), r.rows());
        float[] parameters = new float[layer.parameters()];
        if (w.values().length + r.values().length + b.length != parameters.length) {
            throw new IllegalArgumentException("no %s of %d units with a W of %d × %d, an R of %d × %d and %d biases"
                    .formatted(unit, r.rows(), w.rows(), w.columns(), r.rows(), r.columns(), b.length));
        }
        System.arraycopy(w.values(), 0, parameters, 0, w.values().length);
        System.arraycopy(r.values(), 0, parameters, w.values().length, r.values().length);
        System.arraycopy(b, 0, parameters, w.values().length + r.values().length, b.length);
        layer.load(parameters, 0);
    }

    public int inputs() {
        return layer.inputs;
    }

    public int units() {
        return layer.units;
    }

    /** The state of a walk that has seen nothing yet. */
    public CellState initialState() {
        return new CellState(layer);
    }

    /** Advances the state by one step, in place and without allocation. */
    public void step(float[] input, CellState state) {
        state.tape.input(input, 0, layer.inputs);
        layer.step(state.tape);
    }

    /** A copy of W, R and b, in this order, row after row. */
    public float[] parameters() {
        float[] parameters = new float[layer.parameters()];
        layer.copyTo(parameters, 0);
        return parameters;
    }

    /** The memory that the parameters take. */
    public long sizeInBytes() {
        return layer.sizeInBytes();
    }
}
