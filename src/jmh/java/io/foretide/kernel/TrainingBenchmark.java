package io.foretide.kernel;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Forward, back and one update by Adam: eight inputs, one output, squared error at each step. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 8, time = 2) // until the compiler has also seen what runs once a batch
@Measurement(iterations = 5, time = 1)
public class TrainingBenchmark {
    private static final int INPUTS = 8;

    @Param({"LSTM", "GRU", "TANH"})
    RecurrentUnit unit;

    @Param({"64", "128", "256"})
    int units;

    @Param({"32", "128"})
    int batch;

    @Param({"1", "2"})
    int layers;

    @Param("48")
    int steps;

    @Param("1")
    int threads;

    private final BatchGradient.Loss loss = this::squaredError;
    private RecurrentNetwork network;
    private Crew crew;
    private BatchGradient batchGradient;
    private ParameterUpdates updates;
    private float[] parameters;
    private float[] gradient;
    private float[] inputs;
    private float[] labels;

    @Setup
    public void prepare() {
        var random = new Random(1);
        network = new RecurrentNetwork(new RecurrentNetwork.Shape(unit, INPUTS, units, layers, 1));
        crew = new Crew(threads);
        batchGradient = new BatchGradient(network, BatchGradient.DropoutRates.NONE, batch, steps, crew);
        updates = new ParameterUpdates(new UpdateRule.Adam(), ParameterUpdates.Limits.NONE, network.decays());
        parameters = Arrays.copyOf(
                RandomArrays.normal(random, network.parameters()), FloatOps.padded(network.parameters()));
        gradient = new float[parameters.length];
        inputs = RandomArrays.normal(random, batch * steps * INPUTS);
        labels = RandomArrays.normal(random, batch * steps);
    }

    @TearDown
    public void end() {
        crew.close();
    }

    @Benchmark
    public double update() {
        network.load(parameters);
        double sum = batchGradient.compute(batch, steps, inputs, 1, loss, gradient);
        updates.apply(parameters, gradient, 1e-4);
        return sum;
    }

    private double squaredError(BatchOutputs outputs) {
        float weight = 2f / labels.length;
        double sum = 0;
        for (int step = 0; step < steps; step++) {
            for (int row = 0; row < outputs.rows(); row++) {
                int at = outputs.at(step, row);
                float error = outputs.values()[at] - labels[(outputs.firstRow() + row) * steps + step];
                sum += error * error;
                outputs.values()[at] = weight * error;
            }
        }
        return sum;
    }
}
