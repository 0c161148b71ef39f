package io.foretide.training;

import static java.util.stream.Collectors.toSet;

import io.foretide.audit.AuditSummary;
import io.foretide.evaluation.BacktestReport;
import io.foretide.network.Artifact;
import io.foretide.network.EpochLoss;
import io.foretide.network.Predictor;
import io.foretide.network.StopReason;
import io.foretide.registry.ArtifactRecords;
import io.foretide.registry.ModelReference;
import io.foretide.series.Frequency;
import io.foretide.series.TimeSeries;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes the records of versions, and reads those that come with artifacts from elsewhere. */
@Component
final class Provenance implements ArtifactRecords {
    private final JsonMapper json;
    private final String codeVersion;

    /** All that a record tells about, but for whether the version was promoted. */
    record Story(
            Claim claim,
            JobSettings asked,
            JobInput input,
            List<TimeSeries> series,
            @Nullable ModelReference parent,
            TrainedModel model,
            BacktestReport report) {}

    Provenance(JsonMapper json, ObjectProvider<BuildProperties> build) {
        this.json = json;
        BuildProperties properties = build.getIfAvailable();
        this.codeVersion =
                properties == null ? "unknown" : Objects.requireNonNullElse(properties.getVersion(), "unknown");
    }

    /** The part that travels inside the artifact. */
    TrainingRecord record(Story story) {
        var history = story.model().history();
        return new TrainingRecord(
                story.asked().task(),
                story.series().stream()
                        .map(TimeSeries::frequency)
                        .flatMap(Stream::ofNullable)
                        .map(Frequency::spelling)
                        .findFirst()
                        .orElse(null),
                story.model().method().settings().features().names(),
                history.chosen(),
                story.parent() == null ? null : story.parent().toString(),
                VersionRecord.Data.of(story.series(), story.input().dataSha256()),
                VersionRecord.Measured.of(story.report(), unmeasured(story)),
                history.members(),
                history.stoppedBy(),
                thinned(history),
                codeVersion);
    }

    /** Why there may be no measures. */
    private static String unmeasured(Story story) {
        if (story.model().method().settings().training().validationSplit() == 0) {
            return "validation_split is 0: the training saw everything";
        }
        if (story.model().history().stoppedBy() == StopReason.TIME) {
            return "max_duration left no time to measure a window";
        }
        return story.parent() == null
                ? "no series is long enough to hold out a horizon"
                : "there is no window that neither this training nor %s has seen".formatted(story.parent());
    }

    /** The record of a version that was trained here. */
    ObjectNode write(Story story, PromotionDecision promotion) {
        var local = new VersionRecord.Local(
                story.asked().description(),
                story.asked().tags(),
                json.readValue(story.input().audit(), AuditSummary.class),
                VersionRecord.Promotion.of(promotion),
                new VersionRecord.Run(story.claim().attempt()));
        TrainedModel model = story.model();
        return json.valueToTree(VersionRecord.of(record(story), model.method(), local));
    }

    @Override
    public Described describe(Predictor predictor, byte[] artifact) {
        TrainingRecord training = Artifact.record(artifact, TrainingRecord.class);
        ObjectNode provenance = json.valueToTree(
                VersionRecord.of(training, TrainedModel.Method.of(predictor), VersionRecord.Local.NONE));
        return new Described(training.task().wireName(), provenance);
    }

    /** Evenly chosen epochs, with the best and the last of each member. */
    static List<EpochLoss> thinned(TrainedModel.History history) {
        List<EpochLoss> losses = history.losses();
        int every = Math.ceilDiv(Math.max(1, losses.size()), TrainingRecord.EVEN_LOSSES);
        Set<Integer> outstanding = history.members().stream()
                .flatMap(member -> Stream.of(member.bestEpoch(), member.lastEpoch()))
                .collect(toSet());
        return losses.stream()
                .filter(loss -> loss.epoch() % every == 0 || outstanding.contains(loss.epoch()))
                .toList();
    }
}
