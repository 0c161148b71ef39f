package io.foretide.generation;

import io.foretide.network.TrainingResources;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;

/** Refuses, before any work, trainings that cannot give a model. */
final class LanguageTrainingCheck {
    /** Fewer tell nothing. */
    static final int LEAST_TOKENS = 32;

    /** What an artifact of 200 MB holds. */
    private static final long MOST_PARAMETERS = 50_000_000;

    private static final long MB = 1_000_000;

    private LanguageTrainingCheck() {}

    static void check(LanguagePlan.Planned planned, TrainingResources resources) {
        long parameters = planned.settings().shape().parameters();
        if (parameters > MOST_PARAMETERS) {
            throw new ProblemException(
                            ProblemType.LIMIT_EXCEEDED,
                            "The network would have %d parameters, the limit is %d: lower units, layers, embedding or vocabulary."
                                    .formatted(parameters, MOST_PARAMETERS))
                    .with("limit", MOST_PARAMETERS);
        }
        long bytes = LanguageLearner.bytes(planned, resources.threads());
        if (bytes > resources.memory()) {
            throw new ProblemException(
                            ProblemType.LIMIT_EXCEEDED,
                            "The training would take %d MB of memory, the limit is %d MB: lower units, layers, vocabulary, batch_size or context, or send less text."
                                    .formatted(Math.ceilDiv(bytes, MB), resources.memory() / MB))
                    .with("limit", resources.memory());
        }
    }
}
