package io.foretide.classification;

/** All that a classification depends on, after the steps of a walk. Has exactly one owner. */
public final class ClassifierState {
    /** How many steps, of values or words, were walked. */
    public long steps() {
        throw new UnsupportedOperationException();
    }

    /** An independent state that goes on from here. */
    public ClassifierState copy() {
        throw new UnsupportedOperationException();
    }
}
