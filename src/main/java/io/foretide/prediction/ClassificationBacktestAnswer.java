package io.foretide.prediction;

import io.foretide.evaluation.ClassificationReport;
import io.foretide.evaluation.ClassificationScores;
import io.foretide.registry.Task;
import java.util.List;
import java.util.Map;

/**
 * Measures of classifications: the version, and what {@link ClassificationReport} tells.
 *
 * @param seenInTraining the sequences that its training has learned from; their measures flatter
 */
record ClassificationBacktestAnswer(
        String model,
        int version,
        Task task,
        int sequences,
        int seenInTraining,
        Overall overall,
        Map<String, List<Integer>> confusion)
        implements BacktestAnswer {

    /** The measures over all sequences. */
    record Overall(ClassificationScores model, ClassificationScores majority) {}

    static ClassificationBacktestAnswer of(ServedClassifier model, ClassificationReport report, int seenInTraining) {
        return new ClassificationBacktestAnswer(
                model.name(),
                model.version(),
                model.task(),
                report.sequences(),
                seenInTraining,
                new Overall(report.model(), report.majority()),
                report.confusion());
    }
}
