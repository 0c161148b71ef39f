package io.foretide.network;

import java.util.concurrent.CancellationException;

/** Hears how a training goes, and may end it. */
public interface TrainingMonitor {
    TrainingMonitor SILENT = new TrainingMonitor() {};

    /** @param epochs the most that all members may train; fewer than before, where one has stopped early */
    default void epochFinished(EpochLoss loss, int epochs) {}

    /** Asked before every step: true ends the training with a {@link CancellationException}. */
    default boolean cancelled() {
        return false;
    }

    /**
     * Hears, before the first step, what the training will be made of.
     *
     * @param batchSteps how many steps of windows each batch has
     * @param heldOutSteps how many steps are walked to measure a network on held-out values
     */
    default void planned(Settings settings, long batchSteps, long heldOutSteps) {}

    /** As {@link #planned(Settings, long, long)}, of a training for another task. */
    default void planned(long batchSteps, long heldOutSteps) {}

    /**
     * Asked between pieces of what comes before the first step and can be done without: true ends it, and the training goes
     * on without what it would have given. Asked as well before the first step, which is then a small one.
     */
    default boolean outOfTimeToPrepare() {
        if (cancelled()) {
            throw new CancellationException("training was cancelled");
        }
        return false;
    }

    /** Asked before every step: true ends the training with the best network so far. */
    default boolean outOfTime() {
        return false;
    }

    /** Hears that a network is measured on held-out values, until {@link #epochFinished}. */
    default void measuring() {}

    /**
     * Asked in every step of walks over held-out values: true ends them, and they count for nothing where they are to
     * choose among networks. May throw a {@link CancellationException}.
     */
    default boolean outOfTimeToMeasure() {
        return false;
    }

    /** Where the training keeps how far it is. */
    default Checkpoints checkpoints() {
        return Checkpoints.NONE;
    }
}
