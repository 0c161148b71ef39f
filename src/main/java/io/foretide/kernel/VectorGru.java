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
        int n = tape.width;
        float[] x = tape.z, h = tape.zh;
        VectorElements.add(x, z, h, z, 2 * n);
        VectorActivations.sigmoid(x, z, 2 * n);
        VectorElements.addProduct(x, z, h, z + 2 * n, x, z + 2 * n, n);
        VectorActivations.tanh(x, z + 2 * n, x, z + 2 * n, n);
        for (int j = 0; j < n; j += L) {
            FloatVector candidate = fromArray(S, x, z + 2 * n + j), u = fromArray(S, x, z + n + j);
            u.fma(fromArray(S, tape.h, from + j).sub(candidate), candidate).intoArray(tape.h, to + j);
        }
    }

    @Override
    public void backward(Tape tape, int z, int from, int to, int d) {
        int n = tape.width;
        float[] x = tape.z, h = tape.zh;
        for (int j = 0; j < n; j += L) {
            FloatVector one = broadcast(S, 1);
            FloatVector r = fromArray(S, x, z + j), u = fromArray(S, x, z + n + j);
            FloatVector candidate = fromArray(S, x, z + 2 * n + j), dh = fromArray(S, tape.dh, d + j);
            FloatVector dCandidate = dh.mul(one.sub(u)).mul(one.sub(candidate.mul(candidate)));
            FloatVector du =
                    dh.mul(fromArray(S, tape.h, from + j).sub(candidate)).mul(u.mul(one.sub(u)));
            FloatVector dr = dCandidate.mul(fromArray(S, h, z + 2 * n + j)).mul(r.mul(one.sub(r)));
            dr.intoArray(x, z + j);
            dr.intoArray(h, z + j);
            du.intoArray(x, z + n + j);
            du.intoArray(h, z + n + j);
            dCandidate.intoArray(x, z + 2 * n + j);
            dCandidate.mul(r).intoArray(h, z + 2 * n + j);
            dh.mul(u).intoArray(tape.dh, d + j);
        }
    }
}
