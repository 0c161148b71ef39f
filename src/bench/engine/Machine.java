package engine;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The limits of one core, measured as everything else is: by what Java's vectors reach. */
public final class Machine {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    private static final int TIMES = 100_000;

    /** What keeps the compiler from leaving out a computation. */
    private static volatile float result;

    private Machine() {}

    /** Multiply-adds in registers, as many for every row. */
    public static final class Peak implements Contender {
        static final double OPERATIONS = 2.0 * 10 * TIMES * L;

        public Peak(int threads) {}

        @Override
        public Optional<Work> prepare(Row row) {
            return Optional.of(() -> result = multiplyAdds());
        }
    }

    /** Reads as many bytes as the weights of a row have. */
    public static final class Bandwidth implements Contender {
        private static final int UNROLLED = 8;

        public Bandwidth(int threads) {}

        static long bytes(Row row) {
            long block = (long) UNROLLED * L * Float.BYTES;
            return Math.max(1, row.bytes() / block) * block;
        }

        @Override
        public Optional<Work> prepare(Row row) {
            float[] values = new float[(int) (bytes(row) / Float.BYTES)];
            return Optional.of(() -> result = sum(values));
        }
    }

    /** Ten chains: enough to hide the latency of two units, few enough for 16 registers. */
    private static float multiplyAdds() {
        FloatVector x = broadcast(S, 0.999f), y = broadcast(S, 1e-3f);
        FloatVector a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x;
        for (int k = 0; k < TIMES; k++) {
            a = a.fma(x, y);
            b = b.fma(x, y);
            c = c.fma(x, y);
            d = d.fma(x, y);
            e = e.fma(x, y);
            f = f.fma(x, y);
            g = g.fma(x, y);
            h = h.fma(x, y);
            i = i.fma(x, y);
            j = j.fma(x, y);
        }
        return a.add(b).add(c.add(d)).add(e.add(f).add(g.add(h))).add(i.add(j)).lane(0);
    }

    private static float sum(float[] values) {
        FloatVector a = broadcast(S, 0), b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        for (int k = 0; k < values.length; k += 8 * L) {
            a = a.add(fromArray(S, values, k));
            b = b.add(fromArray(S, values, k + L));
            c = c.add(fromArray(S, values, k + 2 * L));
            d = d.add(fromArray(S, values, k + 3 * L));
            e = e.add(fromArray(S, values, k + 4 * L));
            f = f.add(fromArray(S, values, k + 5 * L));
            g = g.add(fromArray(S, values, k + 6 * L));
            h = h.add(fromArray(S, values, k + 7 * L));
        }
        return a.add(b).add(c.add(d)).add(e.add(f).add(g.add(h))).lane(0);
    }
}
