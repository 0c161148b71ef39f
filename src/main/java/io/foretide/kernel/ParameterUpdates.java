package io.foretide.kernel;

import java.util.Arrays;

/**
 * Moves the parameters of a network by their gradients: clips, decays, and applies a rule, in the order of Deeplearning4j.
 * Holds the moments of the rule, and so belongs to one training.
 */
public final class ParameterUpdates {
    /** Squares are summed in float over so many parameters, and these sums in double. */
    private static final int BLOCK = 4096;

    /**
     * What happens to a gradient beside the rule.
     *
     * @param mostNorm a gradient whose norm over all parameters is larger is scaled down to it
     * @param mostValue and then each of its elements is cut to ±this; infinite for never
     * @param l2 of the parameters that decay, this share is added to the gradient
     * @param decay of the parameters that decay, α times this share is taken away at each update, past the rule
     */
    public record Limits(float mostNorm, float mostValue, float l2, float decay) {
        /** Neither clips nor decays. */
        public static final Limits NONE = new Limits(Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY, 0, 0);
    }

    private final FloatOps ops;
    private final UpdateRule rule;
    private final Limits limits;
    private final float[] decays;
    private final float[] first;
    private final float[] second;
    private final Stripes stripes = new Stripes();
    private long updates;

    /** @param decays 1 for each parameter that decays, 0 for others and up to a padded length */
    public ParameterUpdates(UpdateRule rule, Limits limits, float[] decays) {
        this(Kernel.fastest(), rule, limits, decays);
    }

    ParameterUpdates(FloatOps ops, UpdateRule rule, Limits limits, float[] decays) {
        if (decays.length % FloatOps.PADDING != 0) {
            throw new IllegalArgumentException(decays.length + " is no multiple of " + FloatOps.PADDING);
        }
        this.ops = ops;
        this.rule = rule;
        this.limits = limits;
        this.decays = decays;
        this.first = new float[rule instanceof UpdateRule.Sgd ? 0 : decays.length];
        this.second = new float[rule instanceof UpdateRule.Adam ? decays.length : 0];
        if (rule instanceof UpdateRule.RmsProp(float _, float epsilon)) {
            Arrays.fill(first, epsilon);
        }
    }

    /** The least length of arrays that hold so many parameters. */
    public static int padded(int parameters) {
        return FloatOps.padded(parameters);
    }

    /**
     * Moves parameters p by their gradient g, which is overwritten. A gradient that is no finite number moves nothing.
     *
     * @return the norm of the gradient before it was clipped
     */
    public double apply(float[] p, float[] g, double rate) {
        int n = decays.length;
        double norm = norm(g, n);
        if (!Double.isFinite(norm)) {
            return norm;
        }
        if (norm > limits.mostNorm() || limits.mostValue() < Float.POSITIVE_INFINITY) {
            ops.clip(g, n, (float) Math.min(1, limits.mostNorm() / norm), limits.mostValue());
        }
        if (limits.l2() != 0) {
            ops.addDecay(decays, limits.l2(), p, g, n);
        }
        if (limits.decay() != 0) {
            ops.addDecay(decays, (float) (-rate * limits.decay()), p, p, n);
        }
        updates++;
        switch (rule) {
            case UpdateRule.Sgd _ -> ops.sgd(p, g, n, (float) rate);
            case UpdateRule.Momentum momentum -> ops.momentum(p, g, first, n, (float) rate, momentum);
            case UpdateRule.RmsProp rmsProp -> ops.rmsProp(p, g, first, n, (float) rate, rmsProp);
            case UpdateRule.Adam adam -> ops.adam(p, g, first, second, n, (float) (rate * correction(adam)), adam);
        }
        return norm;
    }

    private double correction(UpdateRule.Adam adam) {
        return Math.sqrt(1 - StrictMath.pow(adam.beta2(), updates)) / (1 - StrictMath.pow(adam.beta1(), updates));
    }

    private double norm(float[] g, int n) {
        double squares = 0;
        for (int from = 0; from < n; from += BLOCK) {
            stripes.clear();
            ops.sumOfSquares(g, from, Math.min(BLOCK, n - from), stripes);
            squares += stripes.total();
        }
        return Math.sqrt(squares);
    }

    /** What a rule remembers of past gradients: momentum, mean square, or Adam's m. Live, for a training that resumes. */
    public float[] first() {
        return first;
    }

    /** Adam's v; empty for other rules. */
    public float[] second() {
        return second;
    }

    public long updates() {
        return updates;
    }

    /** Goes on as if there had been so many updates; the moments are set by {@link #first} and {@link #second}. */
    public void resume(long updatesSoFar) {
        updates = updatesSoFar;
    }
}
