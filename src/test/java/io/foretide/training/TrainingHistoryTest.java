package io.foretide.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.network.EpochLoss;
import io.foretide.network.StopReason;
import io.foretide.network.TrainedMember;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainingHistoryTest {
    @Test
    void ofManyEpochsThoseAreKeptThatTellHowEachMemberEnded() {
        List<EpochLoss> losses = IntStream.rangeClosed(1, 8 * 9_999)
                .mapToObj(epoch -> new EpochLoss(epoch, 1.0 / epoch, null))
                .toList();
        List<TrainedMember> members = IntStream.range(0, 8)
                .mapToObj(member -> new TrainedMember(9_999 * member + 7, 9_999 * (member + 1)))
                .toList();

        List<EpochLoss> kept = new TrainingHistory(List.of(), losses, members, StopReason.EPOCHS).thinnedLosses();

        assertThat(kept).hasSizeBetween(TrainingRecord.EVEN_LOSSES / 2, TrainingRecord.MOST_LOSSES);
        for (TrainedMember member : members) {
            assertThat(kept).extracting(EpochLoss::epoch).contains(member.bestEpoch(), member.lastEpoch());
        }
    }
}
