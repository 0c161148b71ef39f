package io.foretide.streaming;

import io.foretide.classification.Classifier;
import io.foretide.network.UnreadableStateException;
import io.foretide.registry.ModelName;

/** A version that classifies. */
record ServedClassifier(ModelName model, int number, Classifier classifier) implements ServedVersion {
    @Override
    public io.foretide.registry.Task task() {
        return io.foretide.registry.Task.CLASSIFY;
    }

    @Override
    public ClassifierWalk begin(SessionSettings settings) {
        return new ClassifierWalk(classifier, classifier.initialState());
    }

    @Override
    public ClassifierWalk from(SessionSettings settings, Base base) throws UnreadableStateException {
        return new ClassifierWalk(classifier, classifier.unpack(base.state()));
    }

    @Override
    public long steps(byte[] state) {
        return 0;
    }

    @Override
    public Step carried(Step step, ServedVersion to) {
        return step;
    }

    @Override
    public long numbers(SessionSettings settings) {
        return classifier.labels().size();
    }
}
