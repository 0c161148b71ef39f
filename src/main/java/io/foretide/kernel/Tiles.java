package io.foretide.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * C ← C + A·B for a few rows of A and one panel of B, two vectors wide. The accumulators p and q of each row stay in
 * registers over all of {@code depth}, so that a multiply-add costs no memory access: per k there are two loads of B and a
 * broadcast of A for each row. Rows of A are {@code lda} apart, its columns {@code ka}.
 *
 * <p>Each accumulator is one chain, k ascending. More rows or more panels give more independent chains, to hide the latency
 * of a multiply-add; splitting k would too, and would change the result.
 *
 * <p>Vectors are locals of one flat loop and never returned by a method: after some 50 inlined calls on vectors the compiler
 * stops to inline, and then puts each vector into an object.
 */
final class Tiles {
    private static final VectorSpecies<Float> S = Lanes.SPECIES;
    private static final int L = Lanes.LANES;
    private static final int W = 2 * L;

    private static final String ROWS = "two accumulators a row: an array of vectors would live in memory";
    private static final String PANELS = "two accumulators a panel: an array of vectors would live in memory";

    private Tiles() {}

    /** For 32 registers: 16 accumulators, 2 vectors of B, and what is broadcast. */
    @Unrolled(reason = ROWS)
    static void eightRows(
            int depth, float[] a, int ao, int lda, int ka, float[] b, int bo, float[] c, int co, int ldc) {
        int a1 = ao + lda, c1 = co + ldc;
        int a2 = a1 + lda, c2 = c1 + ldc;
        int a3 = a2 + lda, c3 = c2 + ldc;
        int a4 = a3 + lda, c4 = c3 + ldc;
        int a5 = a4 + lda, c5 = c4 + ldc;
        int a6 = a5 + lda, c6 = c5 + ldc;
        int a7 = a6 + lda, c7 = c6 + ldc;
        FloatVector p0 = fromArray(S, c, co), q0 = fromArray(S, c, co + L);
        FloatVector p1 = fromArray(S, c, c1), q1 = fromArray(S, c, c1 + L);
        FloatVector p2 = fromArray(S, c, c2), q2 = fromArray(S, c, c2 + L);
        FloatVector p3 = fromArray(S, c, c3), q3 = fromArray(S, c, c3 + L);
        FloatVector p4 = fromArray(S, c, c4), q4 = fromArray(S, c, c4 + L);
        FloatVector p5 = fromArray(S, c, c5), q5 = fromArray(S, c, c5 + L);
        FloatVector p6 = fromArray(S, c, c6), q6 = fromArray(S, c, c6 + L);
        FloatVector p7 = fromArray(S, c, c7), q7 = fromArray(S, c, c7 + L);
        for (int k = 0; k < depth; k++) {
            FloatVector bp = fromArray(S, b, bo + k * W), bq = fromArray(S, b, bo + k * W + L);
            FloatVector x0 = broadcast(S, a[ao + k * ka]);
            p0 = x0.fma(bp, p0);
            q0 = x0.fma(bq, q0);
            FloatVector x1 = broadcast(S, a[a1 + k * ka]);
            p1 = x1.fma(bp, p1);
            q1 = x1.fma(bq, q1);
            FloatVector x2 = broadcast(S, a[a2 + k * ka]);
            p2 = x2.fma(bp, p2);
            q2 = x2.fma(bq, q2);
            FloatVector x3 = broadcast(S, a[a3 + k * ka]);
            p3 = x3.fma(bp, p3);
            q3 = x3.fma(bq, q3);
            FloatVector x4 = broadcast(S, a[a4 + k * ka]);
            p4 = x4.fma(bp, p4);
            q4 = x4.fma(bq, q4);
            FloatVector x5 = broadcast(S, a[a5 + k * ka]);
            p5 = x5.fma(bp, p5);
            q5 = x5.fma(bq, q5);
            FloatVector x6 = broadcast(S, a[a6 + k * ka]);
            p6 = x6.fma(bp, p6);
            q6 = x6.fma(bq, q6);
            FloatVector x7 = broadcast(S, a[a7 + k * ka]);
            p7 = x7.fma(bp, p7);
            q7 = x7.fma(bq, q7);
        }
        p0.intoArray(c, co);
        q0.intoArray(c, co + L);
        p1.intoArray(c, c1);
        q1.intoArray(c, c1 + L);
        p2.intoArray(c, c2);
        q2.intoArray(c, c2 + L);
        p3.intoArray(c, c3);
        q3.intoArray(c, c3 + L);
        p4.intoArray(c, c4);
        q4.intoArray(c, c4 + L);
        p5.intoArray(c, c5);
        q5.intoArray(c, c5 + L);
        p6.intoArray(c, c6);
        q6.intoArray(c, c6 + L);
        p7.intoArray(c, c7);
        q7.intoArray(c, c7 + L);
    }

    /** For 16 registers: 12 accumulators, 2 vectors of B, and what is broadcast. */
    @Unrolled(reason = ROWS)
    static void sixRows(int depth, float[] a, int ao, int lda, int ka, float[] b, int bo, float[] c, int co, int ldc) {
        int a1 = ao + lda, c1 = co + ldc;
        int a2 = a1 + lda, c2 = c1 + ldc;
        int a3 = a2 + lda, c3 = c2 + ldc;
        int a4 = a3 + lda, c4 = c3 + ldc;
        int a5 = a4 + lda, c5 = c4 + ldc;
        FloatVector p0 = fromArray(S, c, co), q0 = fromArray(S, c, co + L);
        FloatVector p1 = fromArray(S, c, c1), q1 = fromArray(S, c, c1 + L);
        FloatVector p2 = fromArray(S, c, c2), q2 = fromArray(S, c, c2 + L);
        FloatVector p3 = fromArray(S, c, c3), q3 = fromArray(S, c, c3 + L);
        FloatVector p4 = fromArray(S, c, c4), q4 = fromArray(S, c, c4 + L);
        FloatVector p5 = fromArray(S, c, c5), q5 = fromArray(S, c, c5 + L);
        for (int k = 0; k < depth; k++) {
            FloatVector bp = fromArray(S, b, bo + k * W), bq = fromArray(S, b, bo + k * W + L);
            FloatVector x0 = broadcast(S, a[ao + k * ka]);
            p0 = x0.fma(bp, p0);
            q0 = x0.fma(bq, q0);
            FloatVector x1 = broadcast(S, a[a1 + k * ka]);
            p1 = x1.fma(bp, p1);
            q1 = x1.fma(bq, q1);
            FloatVector x2 = broadcast(S, a[a2 + k * ka]);
            p2 = x2.fma(bp, p2);
            q2 = x2.fma(bq, q2);
            FloatVector x3 = broadcast(S, a[a3 + k * ka]);
            p3 = x3.fma(bp, p3);
            q3 = x3.fma(bq, q3);
            FloatVector x4 = broadcast(S, a[a4 + k * ka]);
            p4 = x4.fma(bp, p4);
            q4 = x4.fma(bq, q4);
            FloatVector x5 = broadcast(S, a[a5 + k * ka]);
            p5 = x5.fma(bp, p5);
            q5 = x5.fma(bq, q5);
        }
        p0.intoArray(c, co);
        q0.intoArray(c, co + L);
        p1.intoArray(c, c1);
        q1.intoArray(c, c1 + L);
        p2.intoArray(c, c2);
        q2.intoArray(c, c2 + L);
        p3.intoArray(c, c3);
        q3.intoArray(c, c3 + L);
        p4.intoArray(c, c4);
        q4.intoArray(c, c4 + L);
        p5.intoArray(c, c5);
        q5.intoArray(c, c5 + L);
    }

    /** Two to four rows. An absent row repeats the one before: same inputs, same result, stored twice. */
    @Unrolled(reason = ROWS)
    static void fourRows(
            int rows, int depth, float[] a, int ao, int lda, int ka, float[] b, int bo, float[] c, int co, int ldc) {
        int a1 = ao + lda, c1 = co + ldc;
        int a2 = rows > 2 ? a1 + lda : a1, c2 = rows > 2 ? c1 + ldc : c1;
        int a3 = rows > 3 ? a2 + lda : a2, c3 = rows > 3 ? c2 + ldc : c2;
        FloatVector p0 = fromArray(S, c, co), q0 = fromArray(S, c, co + L);
        FloatVector p1 = fromArray(S, c, c1), q1 = fromArray(S, c, c1 + L);
        FloatVector p2 = fromArray(S, c, c2), q2 = fromArray(S, c, c2 + L);
        FloatVector p3 = fromArray(S, c, c3), q3 = fromArray(S, c, c3 + L);
        for (int k = 0; k < depth; k++) {
            FloatVector bp = fromArray(S, b, bo + k * W), bq = fromArray(S, b, bo + k * W + L);
            FloatVector x0 = broadcast(S, a[ao + k * ka]);
            p0 = x0.fma(bp, p0);
            q0 = x0.fma(bq, q0);
            FloatVector x1 = broadcast(S, a[a1 + k * ka]);
            p1 = x1.fma(bp, p1);
            q1 = x1.fma(bq, q1);
            FloatVector x2 = broadcast(S, a[a2 + k * ka]);
            p2 = x2.fma(bp, p2);
            q2 = x2.fma(bq, q2);
            FloatVector x3 = broadcast(S, a[a3 + k * ka]);
            p3 = x3.fma(bp, p3);
            q3 = x3.fma(bq, q3);
        }
        p0.intoArray(c, co);
        q0.intoArray(c, co + L);
        p1.intoArray(c, c1);
        q1.intoArray(c, c1 + L);
        p2.intoArray(c, c2);
        q2.intoArray(c, c2 + L);
        p3.intoArray(c, c3);
        q3.intoArray(c, c3 + L);
    }

    /** One row and four panels, {@code panel} apart: eight independent chains as eight rows have them. */
    @Unrolled(reason = PANELS)
    static void rowOfFourPanels(int depth, float[] a, int ao, int ka, float[] b, int bo, int panel, float[] c, int co) {
        int b1 = bo + panel;
        int b2 = b1 + panel;
        int b3 = b2 + panel;
        FloatVector p0 = fromArray(S, c, co), q0 = fromArray(S, c, co + L);
        FloatVector p1 = fromArray(S, c, co + 2 * L), q1 = fromArray(S, c, co + 3 * L);
        FloatVector p2 = fromArray(S, c, co + 4 * L), q2 = fromArray(S, c, co + 5 * L);
        FloatVector p3 = fromArray(S, c, co + 6 * L), q3 = fromArray(S, c, co + 7 * L);
        for (int k = 0; k < depth; k++) {
            FloatVector x = broadcast(S, a[ao + k * ka]);
            p0 = x.fma(fromArray(S, b, bo + k * W), p0);
            q0 = x.fma(fromArray(S, b, bo + k * W + L), q0);
            p1 = x.fma(fromArray(S, b, b1 + k * W), p1);
            q1 = x.fma(fromArray(S, b, b1 + k * W + L), q1);
            p2 = x.fma(fromArray(S, b, b2 + k * W), p2);
            q2 = x.fma(fromArray(S, b, b2 + k * W + L), q2);
            p3 = x.fma(fromArray(S, b, b3 + k * W), p3);
            q3 = x.fma(fromArray(S, b, b3 + k * W + L), q3);
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

    /** One row and one panel, for what {@link #rowOfFourPanels} leaves over. */
    static void rowOfOnePanel(int depth, float[] a, int ao, int ka, float[] b, int bo, float[] c, int co) {
        FloatVector p0 = fromArray(S, c, co), q0 = fromArray(S, c, co + L);
        for (int k = 0; k < depth; k++) {
            FloatVector x = broadcast(S, a[ao + k * ka]);
            p0 = x.fma(fromArray(S, b, bo + k * W), p0);
            q0 = x.fma(fromArray(S, b, bo + k * W + L), q0);
        }
        p0.intoArray(c, co);
        q0.intoArray(c, co + L);
    }
}
