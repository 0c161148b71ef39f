package io.foretide.evaluation;

import io.foretide.classification.ClassificationMeasures;
import org.jspecify.annotations.Nullable;

/**
 * How good classifications are; {@link ClassificationMeasures} says what each measure is.
 *
 * @param auc absent where there are other than two labels, or only one of them is true
 */
public record ClassificationScores(
        double accuracy,
        double macroF1,
        double logLoss,
        double brier,
        @Nullable Double auc,
        double calibrationError) {
    static ClassificationScores of(ClassificationMeasures measures) {
        return new ClassificationScores(
                measures.accuracy(),
                measures.macroF1(),
                measures.logLoss(),
                measures.brier(),
                measures.auc(),
                measures.calibrationError());
    }
}
