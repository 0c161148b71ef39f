package io.foretide.kernel;

/** {@link RecurrentUnit#LSTM}, defined. */
record ScalarLstm() implements Gates {
    @Override
    public void forward(Tape tape, int z, int from, int to) {
        int n = tape.width;
        float[] gates = tape.z;
        Activations.sigmoid(gates, z, z + 3 * n);
        Activations.tanh(gates, z + 3 * n, z + 4 * n);
        for (int j = 0; j < n; j++) {
            float i = gates[z + j], f = gates[z + n + j], o = gates[z + 2 * n + j], g = gates[z + 3 * n + j];
            float c = Math.fma(f, tape.c[from + j], i * g);
            float tanhC = Activations.tanh(c);
            tape.c[to + j] = c;
            tape.tanhC[to + j] = tanhC;
            tape.h[to + j] = o * tanhC;
        }
    }

    @Override
    public void backward(Tape tape, int z, int from, int to, int d) {
        int n = tape.width;
        float[] gates = tape.z;
        for (int j = 0; j < n; j++) {
            float i = gates[z + j], f = gates[z + n + j], o = gates[z + 2 * n + j], g = gates[z + 3 * n + j];
            float tanhC = tape.tanhC[to + j], dh = tape.dh[d + j];
            float dc = Math.fma(dh * o, 1 - tanhC * tanhC, tape.dc[d + j]);
            gates[z + j] = dc * g * (i * (1 - i));
            gates[z + n + j] = dc * tape.c[from + j] * (f * (1 - f));
            gates[z + 2 * n + j] = dh * tanhC * (o * (1 - o));
            gates[z + 3 * n + j] = dc * i * (1 - g * g);
            tape.dc[d + j] = dc * f;
            tape.dh[d + j] = 0;
        }
    }
}
