package io.foretide.training;

import io.foretide.evaluation.BacktestReport;
import io.foretide.network.EpochLoss;
import io.foretide.series.Frequency;
import io.foretide.series.TimeSeries;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes the records of versions. */
@Component
final class Provenance {
    /** Enough for a curve; with each of 100,000 epochs a record would be megabytes. */
    private static final int MOST_LOSSES = 2000;

    private final JsonMapper json;
    private final String codeVersion;

    /** All that a record tells about, but for whether the version was promoted. */
    record Story(
            Claim claim,
            JobSettings asked,
            JobInput input,
            List<TimeSeries> series,
            TrainedModel model,
            BacktestReport report) {}

    Provenance(JsonMapper json, ObjectProvider<BuildProperties> build) {
        this.json = json;
        BuildProperties properties = build.getIfAvailable();
        this.codeVersion =
                properties == null ? "unknown" : Objects.requireNonNullElse(properties.getVersion(), "unknown");
    }

    ObjectNode write(Story story, PromotionDecision promotion) {
        var settings = story.model().settings();
        var history = story.model().history();
        var record = new VersionRecord(
                story.asked().description(),
                story.asked().tags(),
                story.series().stream()
                        .map(TimeSeries::frequency)
                        .flatMap(Stream::ofNullable)
                        .map(Frequency::spelling)
                        .findFirst()
                        .orElse(null),
                settings.forecast().horizon(),
                List.of("target"),
                settings,
                story.model().smoothing(),
                history.chosen(),
                settings.training().seed(),
                VersionRecord.Data.of(story.series(), story.input().dataSha256()),
                null,
                VersionRecord.Measured.of(story.report(), settings.training().validationSplit()),
                VersionRecord.Promotion.of(promotion),
                history.bestEpoch(),
                history.stoppedBy(),
                thinned(history),
                new VersionRecord.Run(story.claim().attempt()),
                codeVersion);
        return json.valueToTree(record);
    }

    /** Evenly chosen epochs, with the best and the last. */
    private static List<EpochLoss> thinned(TrainedModel.History history) {
        List<EpochLoss> losses = history.losses();
        int every = Math.ceilDiv(Math.max(1, losses.size()), MOST_LOSSES);
        return losses.stream()
                .filter(loss -> loss.epoch() % every == 0
                        || loss.epoch() == history.bestEpoch()
                        || loss.epoch() == losses.size())
                .toList();
    }
}
