package io.foretide.kernel;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
import org.openjdk.jmh.annotations.Warmup;

/** One step of a layer with eight inputs and a head with one output, for a batch of walks. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StepBenchmark {
    private static final int INPUTS = 8;

    @Param({"LSTM", "GRU", "TANH"})
    RecurrentUnit unit;

    @Param({"32", "64", "128", "256", "512"})
    int units;

    @Param({"1", "16", "64"})
    int batch;

    private RecurrentNetwork network;
    private Tape tape;
    private float[] outputs;
    private float[] inputs;
    private Cell cell;
    private CellState state;
    private BatchStepper stepper;
    private CellState[] states;

    @Setup
    public void prepare() {
        var random = new Random(1);
        network = new RecurrentNetwork(new RecurrentNetwork.Shape(unit, INPUTS, units, 1, 1));
        network.load(RandomArrays.normal(random, network.parameters()));
        tape = Tape.forStepping(network.layers[0], batch);
        tape.begin(batch, 1);
        inputs = RandomArrays.normal(random, batch * INPUTS);
        tape.input(inputs, 0, INPUTS);
        outputs = new float[batch * network.head.width];
        cell = new Cell(
                unit,
                new Matrix(INPUTS, columns(), RandomArrays.normal(random, INPUTS * columns())),
                new Matrix(units, columns(), RandomArrays.normal(random, units * columns())),
                RandomArrays.normal(random, columns() * (network.layers[0].hasSecondBias() ? 2 : 1)));
        state = cell.initialState();
        stepper = new BatchStepper(cell, batch);
        states = Stream.generate(cell::initialState).limit(batch).toArray(CellState[]::new);
    }

    private int columns() {
        return unit.gates() * units;
    }

    @Benchmark
    public float[] step() {
        network.layers[0].step(tape);
        network.head.forward(1, batch, tape.h, 0, tape.width, outputs);
        return outputs;
    }

    /** One walk by itself, whatever the batch. */
    @Benchmark
    public void walk() {
        cell.step(inputs, state);
    }

    /** The same layer, with states that are gathered from their owners and put back. */
    @Benchmark
    public void gatheredStep() {
        stepper.step(inputs, INPUTS, states, batch);
    }
}
