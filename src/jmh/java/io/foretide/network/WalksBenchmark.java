package io.foretide.network;

import io.foretide.series.Forecast;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The forecast of 12 steps after 144 observations, of each of 64 series: one after the other, and together. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(WalksBenchmark.SERIES)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WalksBenchmark {
    static final int SERIES = 64;

    @Param({"LSTM", "SIMPLE_RNN"})
    CellType cell;

    @Param({"32", "64", "128"})
    int units;

    private Predictor predictor;
    private List<double[]> targets;

    @Setup
    public void prepare() {
        Settings settings = TestNetworks.settings(cell, 1, 12, Loss.QUANTILE);
        var network = new NetworkSettings(cell, units, 1, Activation.TANH, 0, 1);
        predictor = TestNetworks.random(new Settings(settings.forecast(), network, settings.training()), 1);
        targets = IntStream.range(0, SERIES)
                .mapToObj(seed -> TestNetworks.target(seed, 144))
                .toList();
    }

    @Benchmark
    public List<Forecast> oneAfterTheOther() {
        return targets.stream()
                .map(target -> predictor.predict(target, 12, TestNetworks.LEVELS))
                .toList();
    }

    @Benchmark
    public List<Forecast> together() {
        return predictor.predict(targets, 12, TestNetworks.LEVELS);
    }
}
