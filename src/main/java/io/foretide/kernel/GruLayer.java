package io.foretide.kernel;

/**
 * A GRU layer by itself, over whole sequences and back, for networks that are put together elsewhere. Belongs to one thread
 * at a time.
 *
 * <p>A row is a sequence. Numbers stand step after step, within a step row after row, without padding.
 */
public final class GruLayer {
    private final RecurrentLayer layer;
    private final BackPropagation back;
    private final RecurrentGradient gradient;
    private float[] parameters = new float[0];
    private Tape tape;
    private int mostRows = 1;
    private int mostSteps = 1;

    /**
     * What is walked.
     *
     * @param inputs [steps][rows][inputs]
     * @param masked [steps][rows]: a masked step carries the state through; or empty where none is masked
     * @param hidden [rows][units]: the initial state
     */
    public record Sequences(int rows, int steps, float[] inputs, boolean[] masked, float[] hidden) {}

    /**
     * @param parameters in the order of {@link #load}
     * @param inputs [steps][rows][inputs]
     */
    public record Gradient(float[] parameters, float[] inputs) {}

    public GruLayer(int inputs, int units) {
        this.layer = new RecurrentLayer(RecurrentUnit.GRU, inputs, units);
        this.back = new BackPropagation(layer);
        this.gradient = new RecurrentGradient(layer);
        this.tape = Tape.forTraining(layer, mostRows, mostSteps);
    }

    /** How many parameters there are. */
    public int parameters() {
        return layer.parameters();
    }

    /** Computes from now on with these: W, R, b and d, in this order, row after row. They are not to change meanwhile. */
    public void load(float[] newParameters) {
        parameters = newParameters;
        layer.load(newParameters, 0);
    }

    /** The hidden states after each step, [steps][rows][units]. */
    public float[] forward(Sequences sequences) {
        int rows = sequences.rows(), steps = sequences.steps(), units = layer.units;
        makeRoom(rows, steps);
        tape.begin(rows, steps);
        tape.input(sequences.inputs(), 0, layer.inputs);
        for (int i = 0; i < sequences.masked().length; i++) {
            if (sequences.masked()[i]) {
                tape.mask(i / rows, i % rows);
            }
        }
        for (int row = 0; row < rows; row++) {
            System.arraycopy(sequences.hidden(), row * units, tape.h, tape.at(0, row), units);
        }
        layer.forward(tape);
        return withoutPadding(tape.h, tape.at(1, 0), tape.width, steps * rows, units);
    }

    private void makeRoom(int rows, int steps) {
        if (rows > mostRows || steps > mostSteps) {
            mostRows = rows;
            mostSteps = steps;
            tape = Tape.forTraining(layer, rows, steps);
        }
    }

    private static float[] withoutPadding(float[] from, int offset, int distance, int count, int length) {
        float[] to = new float[count * length];
        for (int i = 0; i < count; i++) {
            System.arraycopy(from, offset + i * distance, to, i * length, length);
        }
        return to;
    }

    /**
     * Goes back over what {@link #forward} has walked, once.
     *
     * @param byHidden the gradient by the hidden states after each step, [steps][rows][units]
     * @param firstStep where the way back ends; earlier steps and their inputs get no gradient
     */
    public Gradient backward(float[] byHidden, int firstStep) {
        int all = tape.steps * tape.rows, units = layer.units, distance = FloatOps.padded(layer.inputs);
        for (int i = 0; i < all; i++) {
            System.arraycopy(byHidden, i * units, tape.dOut, i * tape.width, units);
        }
        for (int i = 0; i < firstStep * tape.rows; i++) {
            tape.mask(i / tape.rows, i % tape.rows); // what passes a masked step moves nothing
        }
        tape.clearStateGradient();
        back.load(parameters, 0);
        gradient.clear();
        float[] byInputs = new float[all * distance];
        back.backward(tape, gradient, byInputs);
        float[] byParameters = new float[layer.parameters()];
        gradient.copyTo(byParameters, 0);
        return new Gradient(byParameters, withoutPadding(byInputs, 0, distance, all, layer.inputs));
    }

    /** The hidden states of walks that have seen nothing yet, [rows][units]. */
    public float[] initialState(int rows) {
        return new float[rows * layer.units];
    }
}
