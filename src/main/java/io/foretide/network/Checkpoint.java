package io.foretide.network;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a training is: all that it needs to go on as if it had never stopped. Nothing but numbers of our own, so that a
 * checkpoint outlives the library that trains. Randomness has no place in it, as each draw follows from the seed and the
 * place of the draw. Epochs are counted from 1, through all members.
 *
 * @param training the fingerprint of the data, settings and seed that it belongs to
 * @param members those that are done, in their order
 * @param best the best network of the present member so far; absent before its first epoch has ended
 * @param losses one entry for each finished epoch
 */
public record Checkpoint(
        TrainingFingerprint training,
        Stage stage,
        List<Member> members,
        @Nullable Best best,
        List<EpochLoss> losses) {
    /**
     * The best network so far.
     *
     * @param loss its loss on the validation part, positive infinity where there is none
     * @param parameters in the order of {@link WeightsFormat}
     */
    public record Best(int epoch, double loss, float[] parameters) {}

    /**
     * A member that is done.
     *
     * @param lastEpoch the last epoch that it trained
     */
    public record Member(Best best, int lastEpoch) {}

    /** What is left to do. */
    public sealed interface Stage {}

    /**
     * Between two steps.
     *
     * @param epoch the epoch that is trained
     * @param batch how many of its batches are done
     * @param lossSum the sum of their losses
     */
    public record Underway(int epoch, int batch, double lossSum, Progress progress) implements Stage {}

    /**
     * All that the next updates of the present member depend on, beside settings and batches.
     *
     * @param updates how many there were
     * @param parameters in the order of {@link WeightsFormat}
     * @param first what the optimizer remembers of past gradients; empty for one that remembers nothing
     * @param second as first, for an optimizer with two moments
     * @param carried the states that sequences carry into the next batch; empty where each batch begins anew
     */
    public record Progress(long updates, float[] parameters, float[] first, float[] second, float[] carried) {
        /** Of a training whose batches begin anew. */
        public Progress(long updates, float[] parameters, float[] first, float[] second) {
            this(updates, parameters, first, second, new float[0]);
        }
    }

    /** The members are what the training gives. */
    public record Done(StopReason stoppedBy) implements Stage {}

    public Checkpoint {
        members = List.copyOf(members);
        losses = List.copyOf(losses);
        int before = 0, finished = losses.size();
        boolean inOrder = true;
        for (Member member : members) {
            inOrder &= isWithin(before, member.best(), member.lastEpoch());
            before = member.lastEpoch();
        }
        inOrder &= switch (stage) {
            case Underway(int epoch, int batch, var _, var _) ->
                epoch == finished + 1 && batch >= 0 && isWithin(before, best, finished);
            case Done _ -> best == null && before == finished && !members.isEmpty();
        };
        if (!inOrder) {
            throw new IllegalArgumentException("the parts of a checkpoint contradict each other");
        }
    }

    /** Whether a member that began after one epoch has its best in those up to another, or neither any epoch nor a best. */
    private static boolean isWithin(int before, @Nullable Best best, int last) {
        return best == null ? before == last : before < best.epoch() && best.epoch() <= last;
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
