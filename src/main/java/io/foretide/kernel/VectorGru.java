package io.foretide.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link ScalarGru} on vectors. */
record VectorGru() implements Gates {
    private static final VectorSpecies<Float> S = Lanes.SPECIES;
    private static final int L = Lanes.LANES;

    @Override
    public void forward(Tape tape, int z, int from, int to) {
        int n = tape.width, zh = z / tape.sums * n;
        float[] gates = tape.z;
        VectorActivations.sigmoid(gates, z, 2 * n);
        VectorElements.addProduct(gates, z, tape.zh, zh, gates, z + 2 * n, n);
        VectorActivations.tanh(gates, z + 2 * n, gates, z + 2 * n, n);
        for (int j = 0; j < n; j += L) {
            FloatVector candidate = fromArray(S, gates, z + 2 * n + j), u = fromArray(S, gates, z + n + j);
            u.fma(fromArray(S, tape.h, from + j).sub(candidate), candidate).intoArray(tape.h, to + j);
        }
    }

    @Override
    public void backward(Tape tape, int z, int from, int to, int d) {
        int n = tape.width, zh = z / tape.sums * n;
        float[] gates = tape.z;
        for (int j = 0; j < n; j += L) {
            FloatVector one = broadcast(S, 1);
            FloatVector r = fromArray(S, gates, z + j), u = fromArray(S, gates, z + n + j);
            FloatVector candidate = fromArray(S, gates, z + 2 * n + j), dh = fromArray(S, tape.dh, d + j);
            FloatVector dCandidate = dh.mul(one.sub(u)).mul(one.sub(candidate.mul(candidate)));
            FloatVector slope = r.mul(one.sub(r));
            dCandidate.mul(fromArray(S, tape.zh, zh + j)).mul(slope).intoArray(gates, z + j);
            FloatVector difference = fromArray(S, tape.h, from + j).sub(candidate);
            dh.mul(difference).mul(u.mul(one.sub(u))).intoArray(gates, z + n + j);
            dCandidate.intoArray(gates, z + 2 * n + j);
            dCandidate.mul(r).intoArray(tape.zh, zh + j);
            dh.mul(u).intoArray(tape.dh, d + j);
        }
    }
}
