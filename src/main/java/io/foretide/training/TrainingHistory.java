package io.foretide.training;

import static java.util.stream.Collectors.toSet;

import io.foretide.network.EpochLoss;
import io.foretide.network.StopReason;
import io.foretide.network.TrainedMember;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How a training went.
 *
 * @param chosen the settings that the client left open, as {@code section.field}
 * @param losses one entry an epoch, counted through all members
 * @param members how the training of each went
 */
record TrainingHistory(List<String> chosen, List<EpochLoss> losses, List<TrainedMember> members, StopReason stoppedBy) {
    /** The same, where the limit of the duration cut anything short. */
    TrainingHistory stoppedByTime() {
        return new TrainingHistory(chosen, losses, members, StopReason.TIME);
    }

    /** The losses of evenly chosen epochs, with the best and the last of each member. */
    List<EpochLoss> thinnedLosses() {
        int every = Math.ceilDiv(Math.max(1, losses.size()), TrainingRecord.EVEN_LOSSES);
        Set<Integer> outstanding = members.stream()
                .flatMap(member -> Stream.of(member.bestEpoch(), member.lastEpoch()))
                .collect(toSet());
        return losses.stream()
                .filter(loss -> loss.epoch() % every == 0 || outstanding.contains(loss.epoch()))
                .toList();
    }
}
