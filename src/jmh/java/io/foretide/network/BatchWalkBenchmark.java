package io.foretide.network;

import io.foretide.series.Forecast;
import io.foretide.series.QuantileLevel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a kept walk costs a step, and its parts: an LSTM of 64 units, a season of 12, eleven trained levels, and three that are asked for. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BatchWalkBenchmark {
    private static final List<QuantileLevel> LEVELS = TestNetworks.LEVELS;
    private static final int HORIZON = 24;
    private static final int ROWS = BatchWalk.MOST_ROWS;

    @Param({"1", "3"})
    int members;

    private PackedStates packing;
    private BatchWalk batch;
    private io.foretide.network.State state;
    private byte[] packed;
    private final byte[][] kept = new byte[ROWS][];
    private double observation;

    @Setup(Level.Iteration)
    public void prepare() throws UnreadableStateException {
        Predictor predictor = TestNetworks.monthly(members, HORIZON);
        packing = new PackedStates(predictor);
        batch = new BatchWalk(predictor);
        state = predictor.initialState();
        for (double value : TestNetworks.target(1, 100)) {
            predictor.observe(state, value);
        }
        packed = packing.pack(state);
        for (int row = 0; row < ROWS; row++) {
            kept[row] = packed.clone();
            batch.load(row, packed);
        }
        observation = 200;
    }

    @Benchmark
    public byte[] pack() {
        return packing.pack(state, packed);
    }

    @Benchmark
    public long unpack() throws UnreadableStateException {
        packing.unpack(packed, state);
        return state.steps();
    }

    /** Loaded, stepped together and stored, of sixteen walks each. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public byte[][] step() throws UnreadableStateException {
        observation = 400 - observation;
        for (int row = 0; row < ROWS; row++) {
            batch.load(row, kept[row]);
            batch.observe(row, observation);
        }
        batch.step(ROWS);
        for (int row = 0; row < ROWS; row++) {
            kept[row] = batch.store(row, kept[row]);
        }
        return kept;
    }

    @Benchmark
    public @Nullable Score score() {
        return batch.score(0, observation);
    }

    @Benchmark
    public Forecast forecastOfOneStep() {
        return batch.forecast(0, 1, LEVELS);
    }

    @Benchmark
    public Forecast forecast() {
        return batch.forecast(0, HORIZON, LEVELS);
    }
}
