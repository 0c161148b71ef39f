package io.foretide.network;

/**
 * What the network reads at each step: how far the observation was from its anchor, whether it is missing, how much of
 * the series the walk has seen, and how noisy the series is beside its level.
 */
final class Inputs {
    /** Of every network; what is known beside the target comes behind. */
    static final int COUNT = 4;

    /** One outlier must not push a hidden state into saturation for long. */
    private static final double MOST_SURPRISE = 10;

    /** Without scaling, only what a float cannot carry through a product is cut. */
    private static final double MOST_RAW = 1e6;

    private Inputs() {}

    static int count(Features features) {
        return COUNT + features.inputs();
    }

    /** Writes the inputs of the step that the walk has just made. */
    static void write(Smoother smoother, SmoothedState state, double surprise, boolean missing, float[] inputs) {
        Smoothing smoothing = smoother.smoothing();
        double most = smoothing.scaling() == Scaling.AUTO ? MOST_SURPRISE : MOST_RAW;
        inputs[0] = (float) Math.max(-most, Math.min(most, surprise));
        inputs[1] = missing ? 1 : 0;
        inputs[2] = 0;
        inputs[3] = 0;
        if (smoothing.scaling() == Scaling.AUTO) {
            double warm = 2.0 * smoothing.seasonLength() + 8;
            double scale = smoother.scale(state);
            inputs[2] = (float) (state.steps / (state.steps + warm) - 0.5);
            inputs[3] = (float) Math.max(-2, 0.25 * StrictMath.log(scale / (Math.abs(state.level) + scale)) + 0.5);
        }
    }
}
