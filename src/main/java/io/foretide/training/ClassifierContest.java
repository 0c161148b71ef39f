package io.foretide.training;

import io.foretide.classification.Classifier;
import io.foretide.classification.LabelledSequence;
import io.foretide.evaluation.ClassificationBacktest;
import io.foretide.evaluation.Comparison;
import io.foretide.registry.ModelRegistry;
import io.foretide.registry.ModelVersion;
import java.util.List;

/**
 * Compares a new version with a champion on what neither of them has seen.
 *
 * @param unseen what the new version has not seen
 */
record ClassifierContest(ModelRegistry registry, List<LabelledSequence> unseen, RunMonitor monitor) {
    Comparison compare(Classifier challenger, ModelVersion version) {
        Classifier champion = registry.load(version.reference()).classifier();
        List<LabelledSequence> unseenByBoth =
                unseen.stream().filter(one -> !champion.hasSeen(one)).toList();
        return ClassificationBacktest.compare(challenger, champion, unseenByBoth, monitor::hasTimeToExamine);
    }
}
