package io.foretide.training;

import io.foretide.classification.ClassifierArtifact;
import io.foretide.classification.TrainedClassifier;
import io.foretide.evaluation.Comparison;
import io.foretide.registry.ModelVersion;

/** A model that classifies, compared with the champion by the log loss. */
record ClassifierCandidate(TrainedClassifier trained, ClassifierRecord record, ClassifierContest contest)
        implements Candidate {
    @Override
    public byte[] artifact() {
        return ClassifierArtifact.withRecord(trained.artifact(), record);
    }

    @Override
    public Workings workings() {
        return ClassifierWorkings.of(trained.classifier());
    }

    @Override
    public Yardstick yardstick() {
        return Yardstick.LOG_LOSS;
    }

    @Override
    public Comparison compareWith(ModelVersion champion) {
        return contest.compare(trained.classifier(), champion);
    }
}
