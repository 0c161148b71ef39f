package io.foretide.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link ScalarLstm} on vectors. */
record VectorLstm() implements Gates {
    private static final VectorSpecies<Float> S = Lanes.SPECIES;
    private static final int L = Lanes.LANES;

    @Override
    public void forward(Tape tape, int z, int from, int to) {
        int n = tape.width;
        float[] gates = tape.z;
        VectorActivations.sigmoid(gates, z, 3 * n);
        VectorActivations.tanh(gates, z + 3 * n, gates, z + 3 * n, n);
        for (int j = 0; j < n; j += L) {
            FloatVector i = fromArray(S, gates, z + j), f = fromArray(S, gates, z + n + j);
            FloatVector g = fromArray(S, gates, z + 3 * n + j);
            f.fma(fromArray(S, tape.c, from + j), i.mul(g)).intoArray(tape.c, to + j);
        }
        VectorActivations.tanh(tape.c, to, tape.tanhC, to, n);
        VectorElements.multiply(gates, z + 2 * n, tape.tanhC, to, tape.h, to, n);
    }

    @Override
    public void backward(Tape tape, int z, int from, int to, int d) {
        int n = tape.width;
        float[] gates = tape.z;
        for (int j = 0; j < n; j += L) {
            FloatVector one = broadcast(S, 1);
            FloatVector i = fromArray(S, gates, z + j), f = fromArray(S, gates, z + n + j);
            FloatVector o = fromArray(S, gates, z + 2 * n + j), g = fromArray(S, gates, z + 3 * n + j);
            FloatVector tanhC = fromArray(S, tape.tanhC, to + j), dh = fromArray(S, tape.dh, d + j);
            FloatVector dc = dh.mul(o).fma(one.sub(tanhC.mul(tanhC)), fromArray(S, tape.dc, d + j));
            dc.mul(g).mul(i.mul(one.sub(i))).intoArray(gates, z + j);
            dc.mul(fromArray(S, tape.c, from + j)).mul(f.mul(one.sub(f))).intoArray(gates, z + n + j);
            dh.mul(tanhC).mul(o.mul(one.sub(o))).intoArray(gates, z + 2 * n + j);
            dc.mul(i).mul(one.sub(g.mul(g))).intoArray(gates, z + 3 * n + j);
            dc.mul(f).intoArray(tape.dc, d + j);
            broadcast(S, 0).intoArray(tape.dh, d + j);
        }
    }
}
