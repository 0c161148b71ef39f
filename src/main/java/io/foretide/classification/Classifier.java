package io.foretide.classification;

import io.foretide.network.UnreadableStateException;
import java.util.List;

/** A trained classifier. Immutable, and shared by all threads. */
public final class Classifier {
    public ClassifierSettings settings() {
        throw new UnsupportedOperationException();
    }

    /** In the order of probabilities. */
    public List<String> labels() {
        throw new UnsupportedOperationException();
    }

    /** Whether a step costs the same however many went before; else each reading walks the whole sequence again. */
    public boolean streamsInConstantTime() {
        throw new UnsupportedOperationException();
    }

    /** The same as walking the sequence from an initial state, bit for bit. */
    public Classification classify(Sequence sequence) {
        throw new UnsupportedOperationException();
    }

    /** Each as if it were alone, bit for bit; problems are at {@code /sequences/i/values/step/channel} and the like. */
    public List<Classification> classify(List<Sequence> sequences) {
        throw new UnsupportedOperationException();
    }

    /** That of a walk that has seen nothing yet. */
    public ClassifierState initialState() {
        throw new UnsupportedOperationException();
    }

    /** Walks one step of values; NaN is missing. */
    public void observe(ClassifierState state, double[] channels) {
        throw new UnsupportedOperationException();
    }

    /** Walks on in a text, which may be cut anywhere between two calls: only the whole of it counts. */
    public void observe(ClassifierState state, String text) {
        throw new UnsupportedOperationException();
    }

    /** Reads a state, and changes nothing. Before the first step, the shares of the labels in the training data. */
    public Classification classification(ClassifierState state) {
        throw new UnsupportedOperationException();
    }

    /** A state as bytes. */
    public byte[] pack(ClassifierState state) {
        throw new UnsupportedOperationException();
    }

    /** The state that was packed, to the bit. */
    public ClassifierState unpack(byte[] packed) throws UnreadableStateException {
        throw new UnsupportedOperationException();
    }

    /** Whether the training, or one that it went on from, has learned from a sequence of the same content. */
    public boolean hasSeen(LabelledSequence sequence) {
        throw new UnsupportedOperationException();
    }

    /** The memory that it takes, about. */
    public long sizeInBytes() {
        throw new UnsupportedOperationException();
    }
}
