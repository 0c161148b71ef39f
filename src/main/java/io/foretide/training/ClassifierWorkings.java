package io.foretide.training;

import io.foretide.classification.Classifier;
import io.foretide.classification.ClassifierSettings;
import java.util.List;

/**
 * How a version classifies.
 *
 * @param streamsInConstantTime whether a step of a session costs the same however many went before; else each answer walks
 *     the whole sequence again
 */
record ClassifierWorkings(List<String> labels, boolean streamsInConstantTime, ClassifierSettings settings)
        implements Workings {
    static ClassifierWorkings of(Classifier classifier) {
        return new ClassifierWorkings(classifier.labels(), classifier.streamsInConstantTime(), classifier.settings());
    }

    @Override
    public long drawnFrom() {
        return settings.training().seed();
    }
}
