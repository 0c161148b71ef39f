package io.foretide.kernel;

/**
 * Long short-term memory cell without peepholes.
 *
 * <pre>
 *   i = σ(x·Wᵢ + h·Rᵢ + bᵢ)   f = σ(x·W_f + h·R_f + b_f)   o = σ(x·Wₒ + h·Rₒ + bₒ)   g = tanh(x·W_g + h·R_g + b_g)
 *   c ← f⊙c + i⊙g             h ← o⊙tanh(c)
 * </pre>
 *
 * The gates stand side by side in the order i, f, o, g, so that one product serves all four: for m inputs and n units, W
 * is m×4n, R is n×4n, b is 4n.
 */
public record LstmCell(Matrix w, Matrix r, float[] b) implements Cell {
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
        int n = units();
        return new CellState(new float[n], new float[n], new float[4 * n]);
    }

    @Override
    public void step(float[] input, CellState state) {
        int n = units();
        float[] h = state.hidden(), c = state.cell(), gates = state.sums();
        System.arraycopy(b, 0, gates, 0, 4 * n);
        w.multiplyAdd(input, gates);
        r.multiplyAdd(h, gates);
        Activations.sigmoid(gates, 0, 3 * n);
        Activations.tanh(gates, 3 * n, 4 * n);
        for (int k = 0; k < n; k++) {
            c[k] = Math.fma(gates[n + k], c[k], gates[k] * gates[3 * n + k]);
            h[k] = gates[2 * n + k] * Activations.tanh(c[k]);
        }
    }
}
