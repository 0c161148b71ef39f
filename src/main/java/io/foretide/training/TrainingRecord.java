package io.foretide.training;

import static java.util.Objects.requireNonNull;

import io.foretide.network.EpochLoss;
import io.foretide.network.StopReason;
import io.foretide.registry.ModelReference;
import io.foretide.registry.Selector;
import io.foretide.series.Frequency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a training went, as far as it follows from data, settings and seed: what travels inside an artifact. Without times, ids
 * and all that was asked for beside, so that the same training gives the same artifact.
 *
 * @param features what the network reads
 * @param chosen the settings that the client left open, as {@code section.field}
 * @param parent the version that it started from, by the name that this had where it was trained
 * @param codeVersion the release that trained
 */
record TrainingRecord(
        Task task,
        @Nullable String frequency,
        List<String> features,
        List<String> chosen,
        @Nullable String parent,
        VersionRecord.Data data,
        VersionRecord.Measured measures,
        int bestEpoch,
        StopReason stoppedBy,
        List<EpochLoss> losses,
        String codeVersion) {
    /** Enough for a curve, with the best and the last epoch; with each of 100,000 epochs a record would be megabytes. */
    static final int MOST_LOSSES = 2002;

    TrainingRecord {
        requireNonNull(data, "data");
        requireNonNull(measures, "measures");
        requireNonNull(stoppedBy, "stoppedBy");
        requireNonNull(codeVersion, "codeVersion");
        features = List.copyOf(features);
        chosen = List.copyOf(chosen);
        losses = List.copyOf(losses);
        if (task != Task.FORECAST) {
            throw new IllegalArgumentException("the task must be forecast, was " + task);
        }
        if (frequency != null) {
            Frequency.parse(frequency); // predictions will
        }
        if (parent != null && !(ModelReference.parse(parent).selector() instanceof Selector.Version)) {
            throw new IllegalArgumentException("the parent must be a fixed version such as air:3, was " + parent);
        }
        if (bestEpoch < 1 || losses.size() > MOST_LOSSES) {
            throw new IllegalArgumentException("the best epoch must be positive, and losses at most %d, were %d and %d"
                    .formatted(MOST_LOSSES, bestEpoch, losses.size()));
        }
    }
}
