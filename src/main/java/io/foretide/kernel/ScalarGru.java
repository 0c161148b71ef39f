package io.foretide.kernel;

/** {@link RecurrentUnit#GRU}, defined. The sum h·Rₙ + dₙ stands in zh, all others in z. */
record ScalarGru() implements Gates {
    @Override
    public void forward(Tape tape, int z, int from, int to) {
        int n = tape.width, zh = z / tape.sums * n;
        float[] gates = tape.z;
        Activations.sigmoid(gates, z, z + 2 * n);
        for (int j = 0; j < n; j++) {
            float r = gates[z + j], u = gates[z + n + j];
            float candidate = Activations.tanh(Math.fma(r, tape.zh[zh + j], gates[z + 2 * n + j]));
            gates[z + 2 * n + j] = candidate;
            tape.h[to + j] = Math.fma(u, tape.h[from + j] - candidate, candidate);
        }
    }

    @Override
    public void backward(Tape tape, int z, int from, int to, int d) {
        int n = tape.width, zh = z / tape.sums * n;
        float[] gates = tape.z;
        for (int j = 0; j < n; j++) {
            float r = gates[z + j], u = gates[z + n + j], candidate = gates[z + 2 * n + j], dh = tape.dh[d + j];
            float dCandidate = dh * (1 - u) * (1 - candidate * candidate);
            gates[z + j] = dCandidate * tape.zh[zh + j] * (r * (1 - r));
            gates[z + n + j] = dh * (tape.h[from + j] - candidate) * (u * (1 - u));
            gates[z + 2 * n + j] = dCandidate;
            tape.zh[zh + j] = dCandidate * r;
            tape.dh[d + j] = dh * u;
        }
    }
}
