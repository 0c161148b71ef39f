import io.foretide.kernel.BatchGradient;
import io.foretide.kernel.BatchGradient.DropoutRates;
import io.foretide.kernel.BatchOutputs;
import io.foretide.kernel.Crew;
import io.foretide.kernel.ParameterUpdates;
import io.foretide.kernel.RecurrentNetwork;
import io.foretide.kernel.RecurrentUnit;
import io.foretide.kernel.UpdateRule;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Makes visible how gradients vanish and explode. Networks with weights that are drawn and not trained walk 60 steps of noise, and only
 * the last step has a loss. Back-propagation through time tells how much each input has to do with it: the norm of the gradient by the
 * input of a step, over how many steps it is back from the end.
 */
public final class GradientNorms {
    private static final int STEPS = 61, INPUTS = 4, UNITS = 32;
    private static final List<Integer> BACK = List.of(0, 5, 10, 20, 30, 40, 50, 60);
    private static final List<RecurrentUnit> CELLS = List.of(RecurrentUnit.TANH, RecurrentUnit.LSTM, RecurrentUnit.GRU);
    private static final List<String> NAMES = List.of("SimpleRNN", "LSTM", "GRU");

    /** Recurrent weights have this deviation times 1/√n: about by how much they stretch a state, at most. */
    private static final double SMALL = 0.7, LARGE = 3;

    /** The gates that keep the state begin open, as is usual: σ(3) = 0.95 of it stays. */
    private static final float KEEPING = 3;

    private static final float MOST_NORM = 1;
    private static final double RATE = 0.1;

    /**
     * What one way forward and back tells.
     *
     * @param norms of the gradient by the input of each step, the last one first
     * @param gradient by all parameters
     */
    private record Passed(double loss, double[] norms, float[] gradient) {}

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        double[][] small = norms("small recurrent weights", SMALL), large = norms("large recurrent weights", LARGE);
        claim("small weights: the gradient of the SimpleRNN vanishes", small[0][60] < 1e-6 * small[0][0]);
        claim("that of LSTM and GRU is still there", small[1][60] > 1e-3 * small[1][0] && small[2][60] > 1e-3 * small[2][0]);
        claim("large weights: that of the SimpleRNN explodes", large[0][60] > 1e3 * large[0][0]);
        clip();
    }

    /** Prints the norms of all cells, and gives them. */
    private static double[][] norms(String title, double spread) {
        double[][] norms = new double[CELLS.size()][];
        for (int i = 0; i < norms.length; i++) {
            norms[i] = pass(network(CELLS.get(i)), parameters(CELLS.get(i), spread)).norms();
        }
        System.out.printf("%n%s: norm of the gradient by the input%n%12s", title, "steps back");
        NAMES.forEach(name -> System.out.printf("%12s", name));
        for (int back : BACK) {
            System.out.printf("%n%12d", back);
            for (double[] one : norms) {
                System.out.printf("%12.1e", one[back]);
            }
        }
        System.out.println();
        return norms;
    }

    /** One step of gradient descent with the exploded gradient of each cell, as it is and clipped. */
    private static void clip() {
        System.out.printf(
                "%nlarge recurrent weights: one step of gradient descent, the gradient as it is and clipped to a norm of %.0f%n",
                MOST_NORM);
        System.out.printf("%12s%12s%12s%14s%14s%n", "", "norm", "clipped", "weights move", "clipped");
        double most = 0, moved = 0;
        for (int i = 0; i < CELLS.size(); i++) {
            RecurrentNetwork network = network(CELLS.get(i));
            float[] parameters = parameters(CELLS.get(i), LARGE);
            float[] free = pass(network, parameters).gradient(), clipped = free.clone();
            float[] freely = parameters.clone(), carefully = parameters.clone();
            new ParameterUpdates(new UpdateRule.Sgd(), ParameterUpdates.Limits.NONE, network.decays()).apply(freely, free, RATE);
            var limits = new ParameterUpdates.Limits(MOST_NORM, Float.POSITIVE_INFINITY, 0, 0);
            double norm = new ParameterUpdates(new UpdateRule.Sgd(), limits, network.decays()).apply(carefully, clipped, RATE);
            double after = norm(clipped, 0, clipped.length), move = distance(parameters, carefully);
            System.out.printf(
                    "%12s%12.1e%12.1e%14.1e%14.1e%n", NAMES.get(i), norm, after, distance(parameters, freely), move);
            most = Math.max(most, after);
            moved = Math.max(moved, move);
        }
        claim("clipped, no gradient is longer than 1, and no step longer than the rate", most < 1.0001 && moved < 1.001 * RATE);
    }

    private static RecurrentNetwork network(RecurrentUnit cell) {
        return new RecurrentNetwork(new RecurrentNetwork.Shape(cell, INPUTS, UNITS, 1, 1));
    }

    /** W, R, b, for GRU d, and the head's; all gates side by side. */
    private static float[] parameters(RecurrentUnit cell, double spread) {
        var random = new Random(1);
        float[] parameters = new float[ParameterUpdates.padded(network(cell).parameters())];
        int row = cell.gates() * UNITS, at = 0;
        for (int i = 0; i < INPUTS * row; i++) {
            parameters[at++] = (float) (random.nextGaussian() / 2);
        }
        for (int i = 0; i < UNITS * row; i++) {
            parameters[at++] = (float) (spread * random.nextGaussian() / Math.sqrt(UNITS));
        }
        for (int i = 0; cell.gates() > 1 && i < UNITS; i++) { // the forget gate of LSTM, the update gate of GRU: the second ones
            parameters[at + UNITS + i] = KEEPING;
        }
        at += cell == RecurrentUnit.GRU ? 2 * row : row;
        for (int i = 0; i < UNITS; i++) {
            parameters[at++] = (float) (random.nextGaussian() / Math.sqrt(UNITS));
        }
        return parameters;
    }

    private static Passed pass(RecurrentNetwork network, float[] parameters) {
        network.load(parameters);
        float[] inputs = new float[STEPS * INPUTS], byInputs = new float[inputs.length];
        var random = new Random(2);
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) random.nextGaussian();
        }
        float[] gradient = new float[parameters.length];
        try (var crew = new Crew(1)) {
            var batch = new BatchGradient(network, DropoutRates.NONE, 1, STEPS, crew);
            double loss = batch.compute(1, STEPS, inputs, 0, GradientNorms::lossOfTheLastStep, gradient, byInputs);
            double[] norms = new double[STEPS];
            for (int back = 0; back < STEPS; back++) {
                norms[back] = norm(byInputs, (STEPS - 1 - back) * INPUTS, INPUTS);
            }
            return new Passed(loss, norms, gradient);
        }
    }

    /** The squared error beside 1. */
    private static double lossOfTheLastStep(BatchOutputs outputs) {
        int last = outputs.at(STEPS - 1, 0);
        double error = outputs.values()[last] - 1;
        java.util.Arrays.fill(outputs.values(), 0);
        outputs.values()[last] = (float) (2 * error);
        return error * error;
    }

    private static double norm(float[] values, int from, int count) {
        double squares = 0;
        for (int i = from; i < from + count; i++) {
            squares += (double) values[i] * values[i];
        }
        return Math.sqrt(squares);
    }

    private static double distance(float[] one, float[] other) {
        double squares = 0;
        for (int i = 0; i < one.length; i++) {
            squares += (double) (one[i] - other[i]) * (one[i] - other[i]);
        }
        return Math.sqrt(squares);
    }

    private static void claim(String what, boolean holds) {
        System.out.println((holds ? "  ✓ " : "  ✗ ") + what);
        if (!holds) {
            System.exit(1);
        }
    }
}
