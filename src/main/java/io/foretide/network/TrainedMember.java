package io.foretide.network;

/**
 * How the training of one member went, in epochs counted through all members.
 *
 * @param bestEpoch the epoch whose parameters it has
 * @param lastEpoch its last one, after which the next member began
 */
public record TrainedMember(int bestEpoch, int lastEpoch) {
    public TrainedMember {
        if (bestEpoch < 1 || bestEpoch > lastEpoch) {
            throw new IllegalArgumentException(
                    "the best epoch must lie in [1, %d], was %d".formatted(lastEpoch, bestEpoch));
        }
    }
}
