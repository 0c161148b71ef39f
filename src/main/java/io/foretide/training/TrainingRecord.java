package io.foretide.training;

import static java.util.Objects.requireNonNull;

import io.foretide.network.EpochLoss;
import io.foretide.network.NetworkSettings;
import io.foretide.network.StopReason;
import io.foretide.network.TrainedMember;
import io.foretide.series.Frequency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a training went, as far as it follows from data, settings and seed: what travels inside an artifact. Without times, ids
 * and all that was asked for beside, so that the same training gives the same artifact.
 *
 * @param features what the network reads
 * @param chosen the settings that the client left open, as {@code section.field}
 * @param members how the training of each went; epochs are counted through all of them
 * @param codeVersion the release that trained
 */
record TrainingRecord(
        Task task,
        @Nullable String frequency,
        List<String> features,
        List<String> chosen,
        VersionRecord.Data data,
        VersionRecord.Measured measures,
        List<TrainedMember> members,
        StopReason stoppedBy,
        List<EpochLoss> losses,
        String codeVersion) {
    /** Enough for a curve; with each of 100,000 epochs a record would be megabytes. */
    static final int EVEN_LOSSES = 2000;

    /** The best and the last epoch of each member as well. */
    static final int MOST_LOSSES = EVEN_LOSSES + 2 * NetworkSettings.MOST_MEMBERS;

    TrainingRecord {
        requireNonNull(data, "data");
        requireNonNull(measures, "measures");
        requireNonNull(stoppedBy, "stoppedBy");
        requireNonNull(codeVersion, "codeVersion");
        features = List.copyOf(features);
        chosen = List.copyOf(chosen);
        members = List.copyOf(members);
        losses = List.copyOf(losses);
        if (task != Task.FORECAST) {
            throw new IllegalArgumentException("the task must be forecast, was " + task);
        }
        if (frequency != null) {
            Frequency.parse(frequency); // predictions will
        }
        if (members.isEmpty() || members.size() > NetworkSettings.MOST_MEMBERS || losses.size() > MOST_LOSSES) {
            throw new IllegalArgumentException("there must be 1 to %d members and at most %d losses, were %d and %d"
                    .formatted(NetworkSettings.MOST_MEMBERS, MOST_LOSSES, members.size(), losses.size()));
        }
    }
}
