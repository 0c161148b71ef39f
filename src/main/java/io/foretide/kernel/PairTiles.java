package io.foretide.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.IntVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LSHL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * As {@link Tiles}, of one row and {@link PairedPanels}. Of a pair, a mask leaves the upper number and a shift the lower one.
 */
final class PairTiles {
    private static final VectorSpecies<Float> S = Lanes.SPECIES;
    private static final VectorSpecies<Integer> PAIRS = VectorSpecies.of(int.class, Lanes.SPECIES.vectorShape());
    private static final int L = Lanes.LANES;
    private static final int UPPER = 0xFFFF0000;

    private PairTiles() {}

    /** Four panels side by side. */
    @Unrolled(reason = "two accumulators a panel: an array of vectors would live in memory")
    static void rowOfFourPanels(int depth, float[] a, int ao, int ka, int[] b, int bo, float[] c, int co) {
        FloatVector p0 = fromArray(S, c, co), q0 = fromArray(S, c, co + L);
        FloatVector p1 = fromArray(S, c, co + 2 * L), q1 = fromArray(S, c, co + 3 * L);
        FloatVector p2 = fromArray(S, c, co + 4 * L), q2 = fromArray(S, c, co + 5 * L);
        FloatVector p3 = fromArray(S, c, co + 6 * L), q3 = fromArray(S, c, co + 7 * L);
        for (int k = 0; k < depth; k++) {
            FloatVector x = broadcast(S, a[ao + k * ka]);
            int at = bo + k * 4 * L;
            IntVector b0 = fromArray(PAIRS, b, at), b1 = fromArray(PAIRS, b, at + L);
            p0 = x.fma(b0.and(UPPER).reinterpretAsFloats(), p0);
            q0 = x.fma(b0.lanewise(LSHL, 16).reinterpretAsFloats(), q0);
            p1 = x.fma(b1.and(UPPER).reinterpretAsFloats(), p1);
            q1 = x.fma(b1.lanewise(LSHL, 16).reinterpretAsFloats(), q1);
            IntVector b2 = fromArray(PAIRS, b, at + 2 * L), b3 = fromArray(PAIRS, b, at + 3 * L);
            p2 = x.fma(b2.and(UPPER).reinterpretAsFloats(), p2);
            q2 = x.fma(b2.lanewise(LSHL, 16).reinterpretAsFloats(), q2);
            p3 = x.fma(b3.and(UPPER).reinterpretAsFloats(), p3);
            q3 = x.fma(b3.lanewise(LSHL, 16).reinterpretAsFloats(), q3);
        }
        p0.intoArray(c, co);
        q0.intoArray(c, co + L);
        p1.intoArray(c, co + 2 * L);
        q1.intoArray(c, co + 3 * L);
        p2.intoArray(c, co + 4 * L);
        q2.intoArray(c, co + 5 * L);
        p3.intoArray(c, co + 6 * L);
        q3.intoArray(c, co + 7 * L);
    }

    /** One panel, whose rows are {@code stride} apart. */
    static void rowOfOnePanel(int depth, float[] a, int ao, int ka, int[] b, int bo, int stride, float[] c, int co) {
        FloatVector p0 = fromArray(S, c, co), q0 = fromArray(S, c, co + L);
        for (int k = 0; k < depth; k++) {
            FloatVector x = broadcast(S, a[ao + k * ka]);
            IntVector b0 = fromArray(PAIRS, b, bo + k * stride);
            p0 = x.fma(b0.and(UPPER).reinterpretAsFloats(), p0);
            q0 = x.fma(b0.lanewise(LSHL, 16).reinterpretAsFloats(), q0);
        }
        p0.intoArray(c, co);
        q0.intoArray(c, co + L);
    }
}
