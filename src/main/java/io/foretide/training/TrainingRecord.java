package io.foretide.training;

import io.foretide.network.EpochLoss;
import io.foretide.network.NetworkSettings;
import io.foretide.network.StopReason;
import io.foretide.network.TrainedMember;
import io.foretide.registry.ModelReference;
import io.foretide.registry.Selector;
import io.foretide.registry.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a training went, as far as it follows from data, settings and seed: what travels inside an artifact. Without times, ids
 * and all that was asked for beside, so that the same training gives the same artifact.
 */
sealed interface TrainingRecord permits ForecastRecord, ClassifierRecord, LanguageRecord {
    /** Enough for a curve; with each of 100,000 epochs a record would be megabytes. */
    int EVEN_LOSSES = 2000;

    /** The best and the last epoch of each member as well. */
    int MOST_LOSSES = EVEN_LOSSES + 2 * NetworkSettings.MOST_MEMBERS;

    Task task();

    /** The settings that the client left open, as {@code section.field}. */
    List<String> chosen();

    /** The version that it started from, by the name that this had where it was trained. */
    @Nullable
    String parent();

    /** What it was trained on. */
    Record data();

    /** How good the model is on what it has not seen. */
    Record measures();

    /** How the training of each member went; epochs are counted through all of them. */
    List<TrainedMember> members();

    StopReason stoppedBy();

    List<EpochLoss> losses();

    /** The release that trained. */
    String codeVersion();

    /** Refuses what no training of the task can have written: a record may come from elsewhere. */
    static void require(
            Task expected, Task task, @Nullable String parent, List<TrainedMember> members, List<EpochLoss> losses) {
        if (task != expected) {
            throw new IllegalArgumentException("the task must be %s, was %s".formatted(expected, task));
        }
        if (parent != null && !(ModelReference.parse(parent).selector() instanceof Selector.Version)) {
            throw new IllegalArgumentException("the parent must be a fixed version such as air:3, was " + parent);
        }
        if (members.isEmpty() || members.size() > NetworkSettings.MOST_MEMBERS || losses.size() > MOST_LOSSES) {
            throw new IllegalArgumentException("there must be 1 to %d members and at most %d losses, were %d and %d"
                    .formatted(NetworkSettings.MOST_MEMBERS, MOST_LOSSES, members.size(), losses.size()));
        }
    }
}
