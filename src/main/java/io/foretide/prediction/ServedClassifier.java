package io.foretide.prediction;

import io.foretide.classification.Classifier;
import io.foretide.registry.Task;

/** A version that classifies. */
record ServedClassifier(String name, int version, Classifier classifier) implements ServedModel {
    @Override
    public Task task() {
        return Task.CLASSIFY;
    }

    /** How many multiplications a step takes, about. */
    long workOfAStep() {
        return classifier.workOfAStep();
    }
}
