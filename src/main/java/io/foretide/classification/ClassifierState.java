package io.foretide.classification;

import java.util.Arrays;

/**
 * All that a classification depends on, after the steps of a walk: what the branches carry, the end of a text that may still
 * become another word, or where a sequence is measured by itself, all of its values. Has exactly one owner.
 */
public final class ClassifierState {
    /** Of values; 0 of text. */
    final int channels;

    final RecurrentBranch.Walk networks;
    final PatternBranch.Walk patterns;

    /** Text that is no word yet. */
    String pending = "";

    /** [steps][channels]: the values so far, of a version that walks them again; with room for more. */
    double[] kept = new double[0];

    long steps;

    ClassifierState(int channels, RecurrentBranch.Walk networks, PatternBranch.Walk patterns) {
        this.channels = channels;
        this.networks = networks;
        this.patterns = patterns;
    }

    /** How many steps, of values or whole words, were walked. */
    public long steps() {
        return steps;
    }

    /** An independent state that goes on from here. */
    public ClassifierState copy() {
        var copy = new ClassifierState(channels, networks.copy(), patterns.copy());
        copy.pending = pending;
        copy.kept = kept.clone();
        copy.steps = steps;
        return copy;
    }

    void keep(double[] step) {
        int at = Math.toIntExact(steps * step.length);
        if (at + step.length > kept.length) {
            kept = Arrays.copyOf(kept, 2 * (at + step.length));
        }
        System.arraycopy(step, 0, kept, at, step.length);
    }
}
