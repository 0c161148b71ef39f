package io.foretide.kernel;

/**
 * Simple recurrent cell.
 *
 * <pre>
 *   h ← φ(x·W + h·R + b)
 * </pre>
 *
 * W is m×n, R is n×n, b is n, for m inputs and n units; φ is tanh, relu or sigmoid.
 */
public record SimpleRnnCell(Matrix w, Matrix r, float[] b, Squash squash) implements Cell {
    /** The function φ. */
    public enum Squash {
        TANH,
        RELU,
        SIGMOID
    }

    @Override
    public int inputs() {
        return w.rows();
    }

    @Override
    public int units() {
        return r.rows();
    }

    @Override
    public CellState initialState() {
        return new CellState(new float[units()], new float[0], new float[units()]);
    }

    @Override
    public void step(float[] input, CellState state) {
        int n = units();
        float[] z = state.sums();
        System.arraycopy(b, 0, z, 0, n);
        w.multiplyAdd(input, z);
        r.multiplyAdd(state.hidden(), z);
        switch (squash) {
            case TANH -> Activations.tanh(z, 0, n);
            case RELU -> Activations.relu(z, 0, n);
            case SIGMOID -> Activations.sigmoid(z, 0, n);
        }
        System.arraycopy(z, 0, state.hidden(), 0, n);
    }
}
