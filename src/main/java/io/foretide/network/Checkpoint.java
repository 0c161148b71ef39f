package io.foretide.network;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a training is: all that it needs to go on as if it had never stopped. Nothing but numbers of our own, so that a
 * checkpoint outlives the library that trains. Randomness has no place in it, as each draw follows from the seed and the
 * place of the draw.
 *
 * @param training the fingerprint of the data, settings and seed that it belongs to
 * @param best the best network so far; absent before the first epoch has ended
 * @param losses one entry for each finished epoch
 */
public record Checkpoint(
        TrainingFingerprint training, Stage stage, @Nullable Best best, List<EpochLoss> losses) {
    /**
     * The best network so far.
     *
     * @param loss its loss on the validation part, positive infinity where there is none
     * @param parameters in the order of {@link WeightsFormat}
     */
    public record Best(int epoch, double loss, float[] parameters) {}

    /** What is left to do. */
    public sealed interface Stage {}

    /**
     * Between two steps.
     *
     * @param epoch the epoch that is trained, counted from 1
     * @param batch how many of its batches are done
     * @param lossSum the sum of their losses
     */
    public record Underway(int epoch, int batch, double lossSum, Progress progress) implements Stage {}

    /**
     * All that the next updates depend on, beside settings and batches.
     *
     * @param updates how many there were
     * @param parameters in the order of {@link WeightsFormat}
     * @param first what the optimizer remembers of past gradients; empty for one that remembers nothing
     * @param second as first, for an optimizer with two moments
     */
    public record Progress(long updates, float[] parameters, float[] first, float[] second) {}

    /** The best network is what the training gives. */
    public record Done(StopReason stoppedBy) implements Stage {}

    public Checkpoint {
        losses = List.copyOf(losses);
        int finished = losses.size();
        boolean inOrder = switch (stage) {
            case Underway(int epoch, int batch, var _, var _) -> epoch == finished + 1 && batch >= 0;
            case Done _ -> best != null;
        };
        if (!inOrder || (best == null) != (finished == 0) || (best != null && best.epoch() > finished)) {
            throw new IllegalArgumentException("the parts of a checkpoint contradict each other");
        }
    }

    /** The epoch that is trained next or has been begun; the last one where the training is done. */
    public int epoch() {
        return switch (stage) {
            case Underway underway -> underway.epoch();
            case Done _ -> losses.size();
        };
    }

    /** Writes what {@link CheckpointFormat#read} reads; the stream stays open. */
    public void writeTo(OutputStream out) throws IOException {
        CheckpointFormat.write(this, out);
    }
}
