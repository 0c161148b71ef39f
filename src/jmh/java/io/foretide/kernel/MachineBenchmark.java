package io.foretide.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
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

/** What the processor can do at best, to which the other figures are compared. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MachineBenchmark {
    private static final VectorSpecies<Float> S = Lanes.SPECIES;
    private static final int L = Lanes.LANES;
    private static final int TIMES = 1000;

    /** 16 kB lie in the first cache, 512 kB in the second, 8 MB in the third. */
    @Param({"16", "512", "8192"})
    int kilobytes;

    private float[] values;

    @Setup
    public void prepare() {
        values = new float[kilobytes * 1024 / Float.BYTES];
    }

    /** One operation is {@value TIMES} rounds of eight multiply-adds of vectors, two floating-point operations a lane. */
    @Benchmark
    public float multiplyAdds() {
        FloatVector x = broadcast(S, 0.999f), y = broadcast(S, 1e-3f);
        FloatVector a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x;
        for (int i = 0; i < TIMES; i++) {
            a = a.fma(x, y);
            b = b.fma(x, y);
            c = c.fma(x, y);
            d = d.fma(x, y);
            e = e.fma(x, y);
            f = f.fma(x, y);
            g = g.fma(x, y);
            h = h.fma(x, y);
        }
        return a.add(b).add(c.add(d)).add(e.add(f).add(g.add(h))).lane(0);
    }

    /** One operation reads all values. */
    @Benchmark
    public float read() {
        FloatVector a = broadcast(S, 0), b = a, c = a, d = a;
        for (int j = 0; j < values.length; j += 4 * L) {
            a = a.add(fromArray(S, values, j));
            b = b.add(fromArray(S, values, j + L));
            c = c.add(fromArray(S, values, j + 2 * L));
            d = d.add(fromArray(S, values, j + 3 * L));
        }
        return a.add(b).add(c.add(d)).lane(0);
    }
}
