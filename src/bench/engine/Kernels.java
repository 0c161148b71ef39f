package io.foretide.kernel;

import engine.Contender;
import engine.Row;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

/** Ours. In the package of the kernels, because the states of a batch that is kept together are not public. */
public final class Kernels implements Contender {
    private final Crew crew;

    public Kernels(int threads) {
        this.crew = new Crew(threads);
    }

    @Override
    public Optional<Work> prepare(Row row) {
        return switch (row) {
            case Row.Training training -> Optional.of(train(training));
            case Row.Step(Row.Network network, int batch) -> Optional.of(batch == 1 ? walk(network) : step(network, batch));
            case Row.Read _ -> Optional.empty();
        };
    }

    private static RecurrentNetwork.Shape shape(Row.Network network) {
        RecurrentUnit unit =
                switch (network.cell()) {
                    case LSTM -> RecurrentUnit.LSTM;
                    case GRU -> RecurrentUnit.GRU;
                    case RNN -> RecurrentUnit.TANH;
                };
        return new RecurrentNetwork.Shape(unit, Row.INPUTS, network.units(), network.layers(), 1);
    }

    private Work train(Row.Training row) {
        var network = new RecurrentNetwork(shape(row.network()));
        var batch = new BatchGradient(network, BatchGradient.DropoutRates.NONE, row.batch(), row.steps(), crew);
        var updates = new ParameterUpdates(new UpdateRule.Adam(), ParameterUpdates.Limits.NONE, network.decays());
        var random = new Random(1);
        float[] parameters = Arrays.copyOf(normal(random, network.parameters()), network.decays().length);
        float[] gradient = new float[parameters.length];
        float[] inputs = normal(random, row.batch() * row.steps() * Row.INPUTS);
        float[] labels = normal(random, row.batch() * row.steps());
        BatchGradient.Loss loss = outputs -> squaredError(outputs, labels);
        return () -> {
            network.load(parameters);
            batch.compute(row.batch(), row.steps(), inputs, 1, loss, gradient);
            updates.apply(parameters, gradient, 1e-4);
        };
    }

    private static double squaredError(BatchOutputs outputs, float[] labels) {
        float[] values = outputs.values();
        double sum = 0;
        for (int step = 0; step < outputs.steps(); step++) {
            for (int row = 0; row < outputs.rows(); row++) {
                int at = outputs.at(step, row);
                float error = values[at] - labels[(outputs.firstRow() + row) * outputs.steps() + step];
                sum += error * error;
                values[at] = 2f / labels.length * error;
            }
        }
        return sum;
    }

    /** As a forecast walks: one state, cell after cell. */
    private static Work walk(Row.Network network) {
        RecurrentNetwork.Shape shape = shape(network);
        var random = new Random(1);
        Cell[] cells = new Cell[shape.layers()];
        CellState[] states = new CellState[cells.length];
        for (int i = 0; i < cells.length; i++) {
            var layer = new RecurrentLayer(shape.unit(), i == 0 ? Row.INPUTS : shape.units(), shape.units());
            int columns = shape.unit().gates() * shape.units(), biases = layer.hasSecondBias() ? 2 : 1;
            cells[i] = new Cell(
                    shape.unit(),
                    new Matrix(layer.inputs, columns, normal(random, layer.inputs * columns)),
                    new Matrix(layer.units, columns, normal(random, layer.units * columns)),
                    normal(random, biases * columns));
            states[i] = cells[i].initialState();
        }
        var head = new Dense(new Matrix(shape.units(), 1, normal(random, shape.units())), new float[1]);
        float[] inputs = normal(random, Row.INPUTS), outputs = head.newOutputs();
        return () -> {
            float[] below = inputs;
            for (int i = 0; i < cells.length; i++) {
                cells[i].step(below, states[i]);
                below = states[i].hidden();
            }
            head.apply(below, outputs);
        };
    }

    /** A batch whose states stay together, as those of the other contenders do. */
    private static Work step(Row.Network row, int batch) {
        var random = new Random(1);
        var network = new RecurrentNetwork(shape(row));
        network.load(normal(random, network.parameters()));
        Tape[] tapes = new Tape[network.layers.length];
        float[] below = normal(random, batch * Row.INPUTS);
        int distance = Row.INPUTS;
        for (int i = 0; i < tapes.length; i++) {
            tapes[i] = Tape.forStepping(network.layers[i], batch);
            tapes[i].begin(batch, 1);
            tapes[i].input(below, 0, distance);
            below = tapes[i].h;
            distance = tapes[i].width;
        }
        float[] top = below, outputs = new float[batch * network.head.width];
        int width = distance;
        return () -> {
            for (int i = 0; i < tapes.length; i++) {
                network.layers[i].step(tapes[i]);
            }
            network.head.forward(1, batch, top, 0, width, outputs);
        };
    }

    private static float[] normal(Random random, int length) {
        float[] numbers = new float[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = (float) (0.1 * random.nextGaussian());
        }
        return numbers;
    }
}
