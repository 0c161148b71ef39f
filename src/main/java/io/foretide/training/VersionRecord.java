package io.foretide.training;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.foretide.audit.AuditSummary;
import io.foretide.network.EpochLoss;
import io.foretide.network.StopReason;
import io.foretide.network.TrainedMember;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a version came about: from what, by what, and how good it is. Stored with the version, and never changed.
 *
 * @param workings how it works; its fields stand among these
 * @param chosen the settings that the client left open, as {@code section.field}
 * @param audit what was odd with the data as they were sent, and what was repaired; none where it was imported
 * @param parent the version whose parameters the training started from, such as {@code air:3}; none where it began anew
 * @param promotion whether it became the champion when it was trained; none where it was imported
 * @param members how the training of each network behind the version went; epochs are counted through all of them
 * @param job the job that trained it; none where it was imported
 */
record VersionRecord(
        String description,
        Map<String, String> tags,
        @JsonUnwrapped Workings workings,
        List<String> chosen,
        long seed,
        Record data,
        @Nullable AuditSummary audit,
        @Nullable String parent,
        Record measures,
        @Nullable Promotion promotion,
        List<TrainedMember> members,
        StopReason stoppedBy,
        List<EpochLoss> losses,
        @Nullable Run job,
        String codeVersion) {

    /** All that is known of a version here, and does not travel with its artifact, such as what was found in the data. */
    record Local(
            String description,
            Map<String, String> tags,
            @Nullable AuditSummary audit,
            @Nullable Promotion promotion,
            @Nullable Run job) {
        static final Local NONE = new Local("", Map.of(), null, null, null);
    }

    static VersionRecord of(TrainingRecord training, Workings workings, Local local) {
        return new VersionRecord(
                local.description(),
                local.tags(),
                workings,
                training.chosen(),
                workings.drawnFrom(),
                training.data(),
                local.audit(),
                training.parent(),
                training.measures(),
                local.promotion(),
                training.members(),
                training.stoppedBy(),
                training.losses(),
                local.job(),
                training.codeVersion());
    }

    /**
     * Whether it became the champion, and why.
     *
     * @param champion the champion before
     * @param comparison how the two did, in the words of their task
     */
    record Promotion(
            String decision,
            String reason,
            @Nullable Integer champion,
            @JsonAnyGetter Map<String, @Nullable Number> comparison) {
        static Promotion of(PromotionDecision decision, Yardstick yardstick) {
            return new Promotion(
                    decision.promoted() ? "promoted" : "not_promoted",
                    decision.reason(),
                    decision.champion(),
                    yardstick.fields(decision.comparison()));
        }
    }

    /** The job that trained it. */
    record Run(int attempts) {}
}
