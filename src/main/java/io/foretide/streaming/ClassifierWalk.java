package io.foretide.streaming;

import io.foretide.classification.Classification;
import io.foretide.classification.Classifier;
import io.foretide.classification.ClassifierState;

/** A walk that is labelled. */
final class ClassifierWalk implements Walk {
    private final Classifier classifier;
    private final ClassifierState state;

    ClassifierWalk(Classifier classifier, ClassifierState state) {
        this.classifier = classifier;
        this.state = state;
    }

    @Override
    public void take(Step step) {
        switch (step) {
            case Step.Channels(long _, double[] values) -> classifier.observe(state, values);
            case Step.Text(long _, String text) -> classifier.observe(state, text);
            case Step.Value _, Step.Continuation _, Step.Milestone _ ->
                throw new IllegalArgumentException("no step of a sequence: " + step);
        }
    }

    /** The label of what was walked so far. */
    Classification classification() {
        return classifier.classification(state);
    }

    /** How many steps, of values or whole words, were walked. */
    long steps() {
        return state.steps();
    }

    /** As bytes. */
    byte[] pack() {
        return classifier.pack(state);
    }

    @Override
    public Base at(long seq) {
        return new Base(seq, pack(), 0, 0);
    }
}
