package io.foretide.training;

import io.foretide.audit.AuditSummary;
import io.foretide.classification.Classifier;
import io.foretide.classification.ClassifierArtifact;
import io.foretide.generation.LanguageModel;
import io.foretide.generation.LanguageModelArtifact;
import io.foretide.network.Artifact;
import io.foretide.network.Predictor;
import io.foretide.registry.ArtifactRecords;
import io.foretide.registry.Model;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes the records of versions, and reads those that come with artifacts from elsewhere. */
@Component
final class Provenance implements ArtifactRecords {
    private final JsonMapper json;

    Provenance(JsonMapper json) {
        this.json = json;
    }

    /** The record of a version that was trained here. */
    ObjectNode write(Publisher.Story story, PromotionDecision promotion) {
        Candidate candidate = story.candidate();
        var local = new VersionRecord.Local(
                story.asked().description(),
                story.asked().tags(),
                json.readValue(story.input().audit(), AuditSummary.class),
                VersionRecord.Promotion.of(promotion, candidate.yardstick()),
                new VersionRecord.Run(story.claim().attempt()));
        return json.valueToTree(VersionRecord.of(candidate.record(), candidate.workings(), local));
    }

    @Override
    public ObjectNode describe(Model model, byte[] artifact) {
        return json.valueToTree(
                switch (model) {
                    case Model.Forecasting(Predictor predictor) -> {
                        ForecastRecord record = Artifact.record(artifact, ForecastRecord.class);
                        var workings = ForecastWorkings.of(record, TrainedModel.Method.of(predictor));
                        yield VersionRecord.of(record, workings, VersionRecord.Local.NONE);
                    }
                    case Model.Generating(LanguageModel languageModel) -> {
                        var record = LanguageModelArtifact.record(artifact, LanguageRecord.class);
                        yield VersionRecord.of(record, LanguageWorkings.of(languageModel), VersionRecord.Local.NONE);
                    }
                    case Model.Classifying(Classifier classifier) -> {
                        var record = ClassifierArtifact.record(artifact, ClassifierRecord.class);
                        yield VersionRecord.of(record, ClassifierWorkings.of(classifier), VersionRecord.Local.NONE);
                    }
                });
    }
}
