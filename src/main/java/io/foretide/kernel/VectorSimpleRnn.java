package io.foretide.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link ScalarSimpleRnn} on vectors. */
record VectorSimpleRnn(RecurrentUnit unit) implements Gates {
    private static final VectorSpecies<Float> S = Lanes.SPECIES;
    private static final int L = Lanes.LANES;

    @Override
    public void forward(Tape tape, int z, int from, int to) {
        int n = tape.width;
        switch (unit) {
            case TANH -> VectorActivations.tanh(tape.z, z, tape.h, to, n);
            case RELU -> VectorActivations.relu(tape.z, z, tape.h, to, n);
            case SIGMOID -> {
                VectorActivations.sigmoid(tape.z, z, n);
                System.arraycopy(tape.z, z, tape.h, to, n);
            }
            case LSTM, GRU -> throw new IllegalStateException("not simple: " + unit);
        }
    }

    @Override
    public void backward(Tape tape, int z, int from, int to, int d) {
        int n = tape.width;
        switch (unit) {
            case TANH -> {
                for (int j = 0; j < n; j += L) {
                    FloatVector h = fromArray(S, tape.h, to + j), dh = fromArray(S, tape.dh, d + j);
                    broadcast(S, 1).sub(h.mul(h)).mul(dh).intoArray(tape.z, z + j);
                }
            }
            case RELU -> {
                for (int j = 0; j < n; j += L) {
                    FloatVector h = fromArray(S, tape.h, to + j), dh = fromArray(S, tape.dh, d + j);
                    var open = h.compare(GT, 0).and(h.compare(LT, Activations.MOST_RELU));
                    broadcast(S, 0).blend(1, open).mul(dh).intoArray(tape.z, z + j);
                }
            }
            case SIGMOID -> {
                for (int j = 0; j < n; j += L) {
                    FloatVector h = fromArray(S, tape.h, to + j), dh = fromArray(S, tape.dh, d + j);
                    h.mul(broadcast(S, 1).sub(h)).mul(dh).intoArray(tape.z, z + j);
                }
            }
            case LSTM, GRU -> throw new IllegalStateException("not simple: " + unit);
        }
        Arrays.fill(tape.dh, d, d + n, 0);
    }
}
