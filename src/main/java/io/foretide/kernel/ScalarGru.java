package io.foretide.kernel;

/** {@link RecurrentUnit#GRU}, defined. The sums x·W + b stand in z, h·R + d in zh. */
record ScalarGru() implements Gates {
    @Override
    public void forward(Tape tape, int z, int from, int to) {
        int n = tape.width;
        float[] x = tape.z, h = tape.zh;
        for (int j = 0; j < n; j++) {
            float r = Activations.sigmoid(x[z + j] + h[z + j]);
            float u = Activations.sigmoid(x[z + n + j] + h[z + n + j]);
            float candidate = Activations.tanh(Math.fma(r, h[z + 2 * n + j], x[z + 2 * n + j]));
            x[z + j] = r;
            x[z + n + j] = u;
            x[z + 2 * n + j] = candidate;
            tape.h[to + j] = Math.fma(u, tape.h[from + j] - candidate, candidate);
        }
    }

    @Override
    public void backward(Tape tape, int z, int from, int to, int d) {
        int n = tape.width;
        float[] x = tape.z, h = tape.zh;
        for (int j = 0; j < n; j++) {
            float r = x[z + j], u = x[z + n + j], candidate = x[z + 2 * n + j], dh = tape.dh[d + j];
            float dCandidate = dh * (1 - u) * (1 - candidate * candidate);
            float du = dh * (tape.h[from + j] - candidate) * (u * (1 - u));
            float dr = dCandidate * h[z + 2 * n + j] * (r * (1 - r));
            x[z + j] = dr;
            h[z + j] = dr;
            x[z + n + j] = du;
            h[z + n + j] = du;
            x[z + 2 * n + j] = dCandidate;
            h[z + 2 * n + j] = dCandidate * r;
            tape.dh[d + j] = dh * u;
        }
    }
}
