package io.foretide.network;

/** Hears how a training goes, and may end it. */
public interface TrainingMonitor {
    TrainingMonitor SILENT = new TrainingMonitor() {
        @Override
        public void epochFinished(EpochLoss loss, int epochs) {}

        @Override
        public boolean cancelled() {
            return false;
        }
    };

    /** @param epochs the most that all members may train; fewer than before, where one has stopped early */
    void epochFinished(EpochLoss loss, int epochs);

    /** Asked before every step: true ends the training with a {@link java.util.concurrent.CancellationException}. */
    boolean cancelled();

    /** Asked before every step: true ends the training with the best network so far. */
    default boolean outOfTime() {
        return false;
    }

    /** Where the training keeps how far it is. */
    default Checkpoints checkpoints() {
        return Checkpoints.NONE;
    }
}
