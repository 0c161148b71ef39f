package io.foretide.training;

import io.foretide.evaluation.Comparison;
import io.foretide.generation.LanguageModelArtifact;
import io.foretide.generation.TrainedLanguageModel;
import io.foretide.registry.ModelVersion;

/** A model that writes, compared with the champion by the nats per token. */
record LanguageCandidate(TrainedLanguageModel trained, LanguageRecord record, LanguageContest contest)
        implements Candidate {
    @Override
    public byte[] artifact() {
        return LanguageModelArtifact.withRecord(trained.artifact(), record);
    }

    @Override
    public Workings workings() {
        return LanguageWorkings.of(trained.model());
    }

    @Override
    public Yardstick yardstick() {
        return Yardstick.NATS;
    }

    @Override
    public Comparison compareWith(ModelVersion champion) {
        return contest.compare(trained.model(), champion);
    }
}
