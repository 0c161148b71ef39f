package io.foretide.kernel;

/** A recurrent layer in double precision, as its formula reads. Walks rows × steps; the oracle of gradients. */
public final class ReferenceLayer {
    final RecurrentUnit unit;
    final int inputs;
    final int units;

    public ReferenceLayer(RecurrentUnit unit, int inputs, int units) {
        this.unit = unit;
        this.inputs = inputs;
        this.units = units;
    }

    /** One sequence: what goes in, what is left out, and where it starts; h and c become the last state. */
    public record Sequence(double[][] x, boolean[] masked, double[] keep, double[] h, double[] c) {}

    /** Hidden states after each step. Parameters in the order W, R, b, d. */
    public double[][] walk(double[] parameters, Sequence sequence) {
        double[] h = sequence.h(), c = sequence.c();
        double[][] out = new double[sequence.x().length][];
        for (int step = 0; step < out.length; step++) {
            if (!sequence.masked()[step]) {
                double[] kept = new double[units];
                for (int k = 0; k < units; k++) {
                    kept[k] = h[k] * sequence.keep()[k];
                }
                advance(parameters, sequence.x()[step], kept, h, c);
            }
            out[step] = h.clone();
        }
        return out;
    }

    private void advance(double[] parameters, double[] x, double[] kept, double[] h, double[] c) {
        int columns = unit.gates() * units, r = inputs * columns, b = r + units * columns;
        double[] byInputs = new double[columns], byHidden = new double[columns];
        for (int j = 0; j < columns; j++) {
            byInputs[j] = parameters[b + j];
            byHidden[j] = unit == RecurrentUnit.GRU ? parameters[b + columns + j] : 0;
            for (int k = 0; k < inputs; k++) {
                byInputs[j] += x[k] * parameters[k * columns + j];
            }
            for (int k = 0; k < units; k++) {
                byHidden[j] += kept[k] * parameters[r + k * columns + j];
            }
        }
        for (int k = 0; k < units; k++) {
            double first = byInputs[k] + byHidden[k];
            switch (unit) {
                case TANH -> h[k] = Math.tanh(first);
                case RELU -> h[k] = Math.max(0, first);
                case SIGMOID -> h[k] = sigmoid(first);
                case LSTM -> {
                    int f = units + k, o = 2 * units + k, g = 3 * units + k;
                    c[k] = sigmoid(byInputs[f] + byHidden[f]) * c[k]
                            + sigmoid(first) * Math.tanh(byInputs[g] + byHidden[g]);
                    h[k] = sigmoid(byInputs[o] + byHidden[o]) * Math.tanh(c[k]);
                }
                case GRU -> {
                    int u = units + k, n = 2 * units + k;
                    double candidate = Math.tanh(byInputs[n] + sigmoid(first) * byHidden[n]);
                    h[k] = candidate + sigmoid(byInputs[u] + byHidden[u]) * (h[k] - candidate);
                }
            }
        }
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
