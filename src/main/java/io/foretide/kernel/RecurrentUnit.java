package io.foretide.kernel;

/**
 * The recurrent units there are. Their gates stand side by side, so that one product serves all of them. With m inputs and
 * n units, W is m×gn, R is n×gn and b is gn, for g gates; matrices row after row, a row an input.
 */
public enum RecurrentUnit {
    /** Simple recurrent unit: h ← tanh(x·W + h·R + b). */
    TANH(1),
    /** h ← max(0, x·W + h·R + b), and never beyond 1e9. */
    RELU(1),
    /** h ← σ(x·W + h·R + b). */
    SIGMOID(1),
    /**
     * Long short-term memory without peepholes, gates in the order i, f, o, g:
     *
     * <pre>
     *   i = σ(x·Wᵢ + h·Rᵢ + bᵢ)   f = σ(x·W_f + h·R_f + b_f)   o = σ(x·Wₒ + h·Rₒ + bₒ)   g = tanh(x·W_g + h·R_g + b_g)
     *   c ← f⊙c + i⊙g             h ← o⊙tanh(c)
     * </pre>
     */
    LSTM(4),
    /**
     * Gated recurrent unit whose reset gate comes after the recurrent product, gates in the order r, u, n, with a second
     * bias d of the recurrent product:
     *
     * <pre>
     *   r = σ(x·Wᵣ + bᵣ + h·Rᵣ + dᵣ)   u = σ(x·Wᵤ + bᵤ + h·Rᵤ + dᵤ)   n = tanh(x·Wₙ + bₙ + r⊙(h·Rₙ + dₙ))
     *   h ← n + u⊙(h − n)
     * </pre>
     */
    GRU(3);

    private final int gates;

    RecurrentUnit(int gates) {
        this.gates = gates;
    }

    public int gates() {
        return gates;
    }

    /** Whether the unit keeps a cell state c beside h. */
    boolean hasCell() {
        return this == LSTM;
    }

    /** Of how many gates the sum h·R + d is kept apart from x·W + b; they are the last ones. */
    int gatesApart() {
        return this == GRU ? 1 : 0;
    }
}
