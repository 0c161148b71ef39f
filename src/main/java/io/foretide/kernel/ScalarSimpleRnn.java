package io.foretide.kernel;

/** {@link RecurrentUnit#TANH}, {@link RecurrentUnit#RELU} and {@link RecurrentUnit#SIGMOID}, defined. */
record ScalarSimpleRnn(RecurrentUnit unit) implements Gates {
    @Override
    public void forward(Tape tape, int z, int from, int to) {
        for (int j = 0; j < tape.width; j++) {
            float sum = tape.z[z + j];
            tape.h[to + j] = switch (unit) {
                case TANH -> Activations.tanh(sum);
                case RELU -> Activations.relu(sum);
                case SIGMOID -> Activations.sigmoid(sum);
                case LSTM, GRU -> throw new IllegalStateException("not simple: " + unit);
            };
        }
    }

    @Override
    public void backward(Tape tape, int z, int from, int to, int d) {
        for (int j = 0; j < tape.width; j++) {
            float h = tape.h[to + j];
            float slope = switch (unit) {
                case TANH -> 1 - h * h;
                case RELU -> h > 0 && h < Activations.MOST_RELU ? 1 : 0;
                case SIGMOID -> h * (1 - h);
                case LSTM, GRU -> throw new IllegalStateException("not simple: " + unit);
            };
            tape.z[z + j] = slope * tape.dh[d + j];
            tape.dh[d + j] = 0;
        }
    }
}
